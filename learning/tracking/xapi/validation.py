"""What makes a statement well formed (Data 2.2 to 2.4), for 1.0.3 and for 2.0.0, with its context (Data 2.4.6). Plain
functions: one statement of usual size costs well below a millisecond.
"""

from __future__ import annotations

import re
from typing import Any

from learning.tracking.xapi.activities import (
    check_activity,
    check_actor,
    check_agent,
    check_authority,
    check_extensions,
    check_group,
    check_iri,
    check_language_map,
)
from learning.tracking.xapi.formats import (
    V1,
    RefusedError,
    is_duration,
    is_iri,
    is_language,
    is_media_type,
    is_sha2,
    is_uuid,
    moment,
)

RELATIONS = ("parent", "grouping", "category", "other")
_CONTEXT = frozenset(
    {"registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
     "extensions"}
)  # fmt: skip
_CONTEXT_2 = _CONTEXT | {"contextAgents", "contextGroups"}
_RELATED = {"contextAgents": ("contextAgent", "agent"), "contextGroups": ("contextGroup", "group")}
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


def check_context(value: Any, version: str, *, is_about_activity: bool) -> None:
    """Raises RefusedError."""
    if not isinstance(value, dict) or not value.keys() <= (_CONTEXT if version == V1 else _CONTEXT_2):
        raise RefusedError("context is not a Context.")
    _check_scalars(value, is_about_activity)
    if "instructor" in value:
        check_actor(value["instructor"], "context.instructor")
    if "team" in value:
        check_group(value["team"], "context.team")
    if "contextActivities" in value:
        _check_context_activities(value["contextActivities"])
    if "statement" in value:
        check_reference(value["statement"], "context.statement")
    if "extensions" in value:
        check_extensions(value["extensions"], "context")
    for name in _RELATED.keys() & value.keys():
        _check_related(value[name], name)


def check_reference(value: Any, where: str) -> None:
    """A StatementRef. Raises RefusedError."""
    if not isinstance(value, dict) or value.keys() != {"objectType", "id"} or value["objectType"] != "StatementRef":
        raise RefusedError(f"{where} is not a StatementRef.")
    if not isinstance(value["id"], str) or not is_uuid(value["id"]):
        raise RefusedError(f"{where}.id is not a UUID.")


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


def _check_scalars(value: dict[str, Any], is_about_activity: bool) -> None:
    registration = value.get("registration", "")
    if "registration" in value and not (isinstance(registration, str) and is_uuid(registration)):
        raise RefusedError("context.registration is not a UUID.")
    for name in ("revision", "platform"):
        if name in value and not (is_about_activity and isinstance(value[name], str)):
            raise RefusedError(f"context.{name} is not a string, or the object is no Activity.")
    language = value.get("language", "")
    if "language" in value and not (isinstance(language, str) and is_language(language)):
        raise RefusedError("context.language is not a language tag.")


def _check_context_activities(value: Any) -> None:
    if not isinstance(value, dict) or not value or not value.keys() <= set(RELATIONS):
        raise RefusedError("contextActivities has parent, grouping, category or other, and nothing else.")
    for name, found in value.items():
        for activity in found if isinstance(found, list) else [found]:
            check_activity(activity, f"contextActivities.{name}")


def _check_related(value: Any, name: str) -> None:
    kind, inner = _RELATED[name]
    if not isinstance(value, list):
        raise RefusedError(f"context.{name} is not an array.")
    for entry in value:
        if not isinstance(entry, dict) or not {"objectType", inner} <= entry.keys() <= {"objectType", inner,
                                                                                       "relevantTypes"}:  # fmt: skip
            raise RefusedError(f"context.{name}: an entry lacks something or has too much.")
        if entry["objectType"] != kind:
            raise RefusedError(f"context.{name}: objectType is {kind}.")
        (check_agent if inner == "agent" else check_group)(entry[inner], f"context.{name}.{inner}")
        _check_relevant_types(entry, name)


def _check_relevant_types(entry: dict[str, Any], name: str) -> None:
    if "relevantTypes" not in entry:
        return
    types = entry["relevantTypes"]
    if not isinstance(types, list) or not types:
        raise RefusedError(f"context.{name}.relevantTypes is empty or no array.")
    for found in types:
        check_iri(found, f"context.{name}.relevantTypes")


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
