"""Whatever is sent, the store answers with 2xx or 4xx: never 5xx, on either database."""

import base64
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.tracking.xapi.attachments import SIGNATURE
from learning.tracking.xapi.clients import learner_agent
from tests.factories.statements import statement
from tests.learning.tracking.xapi.conftest import V1, V2
from tests.learning.tracking.xapi.test_attachments import MIXED, attachment, first, mixed, part

pytestmark = pytest.mark.django_db

FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
KEY = "11111111-2222-4333-8444-555555555555"
AGENT = {"mbox": "mailto:x@example.vn"}
RICH = statement(
    id=KEY,
    actor={"objectType": "Group", "name": "Nhóm", "member": [learner_agent(KEY)]},
    object={"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "https://example.vn/v"},
            "object": {"objectType": "StatementRef", "id": KEY}},
    result={"score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2}, "success": True, "duration": "PT1S",
            "extensions": {"https://example.vn/x": [1, {"y": None}]}},
    context={"registration": KEY, "team": {"objectType": "Group", "member": [AGENT]}, "language": "vi",
             "contextActivities": {"parent": [{"id": "https://example.vn/a", "definition": {"name": {"vi": "A"}}}]},
             "statement": {"objectType": "StatementRef", "id": KEY}},
    timestamp="2026-05-04T08:30:00Z", version="1.0.0",
    attachments=[{"usageType": "https://example.vn/u", "display": {"vi": "Tệp"}, "contentType": "text/plain",
                  "length": 1, "sha2": "0" * 64, "fileUrl": "https://example.vn/f"}],
)  # fmt: skip

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "\x00", "\ud800", "\\u0000", "🎉", KEY, "mailto:x@y.vn", "https://x.vn", "https://\ud800",
                     "Group", "Agent", "Activity", "SubStatement", "StatementRef",
                     "http://adlnet.gov/expapi/verbs/voided", "2026-05-04T08:30:00Z",
                     "9999-12-31T23:59:59.999999-23:59", "0001-01-01T00:00:00+23:59", "vi", "x" * 300]),
)  # fmt: skip
NUMBER = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400, -1, 2**63, 1e308, -0.0]))
NAMES = st.one_of(st.sampled_from(sorted({"id", "objectType", "member", "mbox", "account", "name", "definition",
                                          "extensions", "context", "object", "https://x.vn", "vi"})), TEXT)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBER, TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from places(inner, (*path, step))


PLACES = list(places(RICH))[1:]


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """The rich statement with a few values replaced, added or taken away."""
    whole = copy.deepcopy(RICH)
    for _step in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from(PLACES))
        holder: Any = whole
        try:
            for step in path:
                holder = holder[step]
            if draw(st.booleans()):
                holder[last] = draw(JSON)
            elif isinstance(holder, dict):
                holder.pop(last)
                holder[draw(NAMES)] = draw(JSON)
        except (KeyError, IndexError, TypeError):
            continue
    return whole


def raw(value: Any) -> bytes:
    """As a careless client sends it: half surrogates and infinite numbers too."""
    return json.dumps(value).encode()


@FUZZ
@given(sent=mutations(), version=st.sampled_from([V1, V2]))
def test_statements(system, sent, version):
    answer = system.post("statements", raw(sent), X_Experience_API_Version=version)
    assert answer.status_code in (200, 400, 409), answer.content


@FUZZ
@given(sent=JSON, version=st.sampled_from([V1, V2]))
def test_anything_in_the_place_of_statements(system, sent, version):
    answer = system.post("statements", raw([sent, RICH]), X_Experience_API_Version=version)
    assert answer.status_code in (200, 400, 409), answer.content


@FUZZ
@given(body=st.binary(max_size=80), kind=st.sampled_from(["application/json", "multipart/mixed; boundary=x", "x/y"]))
def test_any_bytes(system, body, kind):
    framed = b"--x\r\n" + body + b"\r\n--x--\r\n" if kind.startswith("multipart") else body
    assert system.post("statements", framed, Content_Type=kind).status_code in (200, 400)


@FUZZ
@given(head=JSON, payload=st.one_of(mutations(), JSON), seal=st.binary(max_size=8))
def test_any_signature(system, head, payload, seal):
    known = {"alg": "RS256", **head} if isinstance(head, dict) else head
    jws = b".".join(base64.urlsafe_b64encode(piece).rstrip(b"=") for piece in (raw(known), raw(payload), seal))
    signed = statement(attachments=[attachment(jws, usageType=SIGNATURE, contentType="application/octet-stream")])
    whole = mixed(first(signed), part(jws, **{"Content-Type": "application/octet-stream"}))
    assert system.post("statements", whole, Content_Type=MIXED).status_code in (200, 400)


PARAMS = st.dictionaries(
    st.sampled_from(["statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "since", "until",
                     "limit", "format", "attachments", "ascending", "related_agents", "cursor", "activityId", "stateId",
                     "profileId", "method"]),
    st.one_of(TEXT.filter(lambda text: "\ud800" not in text), st.integers().map(str),
              st.sampled_from(["true", "0", "ids", json.dumps(AGENT), "[]", "{}", "1e999"])),
    max_size=4,
)  # fmt: skip
RESOURCES = st.sampled_from(
    ["statements", "activities", "agents", "activities/state", "activities/profile", "agents/profile", "about", "x"]
)


@FUZZ
@given(resource=RESOURCES, params=PARAMS, method=st.sampled_from(["GET", "HEAD", "PUT", "POST", "DELETE"]), body=JSON,
       version=st.sampled_from([V1, V2]))  # fmt: skip
def test_any_parameters(system, resource, params, method, body, version):
    answer = system.send(method, resource, params, raw(body), X_Experience_API_Version=version)
    assert answer.status_code < 500, answer.content


@FUZZ
@given(headers=st.dictionaries(
    st.sampled_from(["Authorization", "X_Experience_API_Version", "If_Match", "If_None_Match", "Accept_Language"]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30)))  # fmt: skip
def test_any_headers(system, headers):
    params = {"activityId": "https://x.vn", "agent": AGENT, "stateId": "x"}
    assert system.put("activities/state", b"x", params, **headers).status_code < 500
    assert system.get("statements", {"format": "canonical"}, **headers).status_code < 500
