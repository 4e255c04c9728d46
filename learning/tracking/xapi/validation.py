"""What makes a statement well formed (Data 2.2 to 2.4), for 1.0.3 and for 2.0.0. Plain functions: one statement of
usual size costs well below a millisecond.
"""

from __future__ import annotations

import re
from typing import Any

from learning.tracking.xapi.activities import check_activity, check_extensions, check_iri, check_language_map
from learning.tracking.xapi.agents import check_actor, check_agent, check_authority, check_group
from learning.tracking.xapi.contexts import check_context, check_reference
from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import V1, is_duration, is_iri, is_media_type, is_sha2, is_uuid, moment

VOIDED = "http://adlnet.gov/expapi/verbs/voided"

_NEEDED = frozenset({"actor", "verb", "object"})
_SHARED = _NEEDED | {"result", "context", "timestamp", "attachments"}
_STATEMENT = _SHARED | {"id", "stored", "authority", "version"}
_SUB_STATEMENT = _SHARED | {"objectType"}
_RESULT = frozenset({"score", "success", "completion", "response", "duration", "extensions"})
_SCORE = frozenset({"scaled", "raw", "min", "max"})
_ATTACHMENT_NEEDED = frozenset({"usageType", "display", "contentType", "length", "sha2"})
_ATTACHMENT = _ATTACHMENT_NEEDED | {"description", "fileUrl"}
_VERSIONS = {V1: re.compile(r"1\.0(?:\.\d+)?", re.ASCII), "2.0.0": re.compile(r"(?:1\.0(?:\.\d+)?|2\.0\.0)", re.ASCII)}


def check_statement(value: Any, version: str) -> None:
    """A statement as a client sends it, under the version that its request names. Raises RefusedError."""
    if not isinstance(value, dict):
        raise RefusedError("A statement is an object.")
    if not value.keys() <= _STATEMENT:
        raise RefusedError(f"A statement has no {', '.join(sorted(value.keys() - _STATEMENT))}.")
    if "id" in value and not (isinstance(value["id"], str) and is_uuid(value["id"])):
        raise RefusedError("id is not a UUID.")
    _check_core(value, version)
    if "stored" in value:
        _check_moment(value["stored"], version)
    if "authority" in value:
        check_authority(value["authority"])
    if "version" in value:
        _check_version(value["version"], version)
    if value["verb"]["id"] == VOIDED and value["object"].get("objectType") != "StatementRef":
        raise RefusedError("A voiding statement's object is a StatementRef.")


def _check_core(value: dict[str, Any], version: str) -> None:
    """What statements and sub-statements have in common."""
    if not value.keys() >= _NEEDED:
        raise RefusedError("A statement needs actor, verb and object.")
    check_actor(value["actor"], "actor")
    check_verb(value["verb"])
    _check_object(value, version)
    if "result" in value:
        _check_result(value["result"])
    if "context" in value:
        kind = value["object"].get("objectType", "Activity")
        check_context(value["context"], version, is_about_activity=kind == "Activity")
    if "timestamp" in value:
        _check_moment(value["timestamp"], version)
    if "attachments" in value:
        _check_attachments(value["attachments"])


def check_verb(value: Any) -> None:
    if not isinstance(value, dict) or not value.keys() <= {"id", "display"}:
        raise RefusedError("verb is not a Verb.")
    check_iri(value.get("id"), "verb.id")
    if "display" in value:
        check_language_map(value["display"], "verb.display")


def _check_object(statement: dict[str, Any], version: str) -> None:
    value = statement["object"]
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else None
    if kind == "Activity":
        check_activity(value, "object")
    elif kind == "Agent":
        check_agent(value, "object")
    elif kind == "Group":
        check_group(value, "object")
    elif kind == "StatementRef":
        check_reference(value, "object")
    elif kind == "SubStatement" and statement.get("objectType") != "SubStatement":
        _check_sub_statement(value, version)
    else:
        raise RefusedError("object is of no known kind, or a sub-statement within a sub-statement.")


def _check_sub_statement(value: dict[str, Any], version: str) -> None:
    if not value.keys() <= _SUB_STATEMENT:
        raise RefusedError("A sub-statement has no id, stored, version or authority, nor unknown properties.")
    _check_core(value, version)


def _check_result(value: Any) -> None:
    if not isinstance(value, dict) or not value.keys() <= _RESULT:
        raise RefusedError("result is not a Result.")
    for name in ("success", "completion"):
        if name in value and not isinstance(value[name], bool):
            raise RefusedError(f"result.{name} is not a boolean.")
    if "response" in value and not isinstance(value["response"], str):
        raise RefusedError("result.response is not a string.")
    if "duration" in value and not (isinstance(value["duration"], str) and is_duration(value["duration"])):
        raise RefusedError("result.duration is not a duration of ISO 8601.")
    if "score" in value:
        _check_score(value["score"])
    if "extensions" in value:
        check_extensions(value["extensions"], "result")


def _check_score(value: Any) -> None:
    if not isinstance(value, dict) or not value.keys() <= _SCORE:
        raise RefusedError("result.score is not a Score.")
    for number in value.values():
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise RefusedError("result.score holds something that is no number.")
    if not -1 <= value.get("scaled", 0) <= 1:
        raise RefusedError("result.score.scaled is not between -1 and 1.")
    least, most = value.get("min"), value.get("max")
    if least is not None and most is not None and least >= most:
        raise RefusedError("result.score.min is not below max.")
    raw = value.get("raw")
    if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
        raise RefusedError("result.score.raw is not between min and max.")


def _check_attachments(value: Any) -> None:
    if not isinstance(value, list):
        raise RefusedError("attachments is not an array.")
    for attachment in value:
        if not isinstance(attachment, dict) or not _ATTACHMENT_NEEDED <= attachment.keys() <= _ATTACHMENT:
            raise RefusedError("An attachment lacks something or has too much.")
        check_iri(attachment["usageType"], "attachment.usageType")
        check_language_map(attachment["display"], "attachment.display")
        if "description" in attachment:
            check_language_map(attachment["description"], "attachment.description")
        _check_content(attachment)


def _check_content(attachment: dict[str, Any]) -> None:
    kind, length, digest = attachment["contentType"], attachment["length"], attachment["sha2"]
    if not isinstance(kind, str) or not is_media_type(kind):
        raise RefusedError("attachment.contentType is not an Internet media type.")
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise RefusedError("attachment.length is not a number of octets.")
    if not isinstance(digest, str) or not is_sha2(digest):
        raise RefusedError("attachment.sha2 is not a SHA-2 hash in hexadecimal.")
    if "fileUrl" in attachment and not (isinstance(attachment["fileUrl"], str) and is_iri(attachment["fileUrl"])):
        raise RefusedError("attachment.fileUrl is not an IRL.")


def _check_moment(value: Any, version: str) -> None:
    if not isinstance(value, str):
        raise RefusedError("A timestamp is a string.")
    moment(value, version)


def _check_version(value: Any, version: str) -> None:
    if not isinstance(value, str) or not _VERSIONS[version].fullmatch(value):
        raise RefusedError("version is not one that this request may use.")
