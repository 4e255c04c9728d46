"""State and profiles (Communication 2.2, 2.3, 2.6, 2.7) and their concurrency (3.1)."""

import hashlib
import json
import time
from uuid import uuid4

import pytest
from django.utils.http import parse_http_date

from learning.tracking.models import Document
from tests.learning.tracking.xapi.conftest import V1, V2, a_system

pytestmark = pytest.mark.django_db
AGENT = {"objectType": "Agent", "account": {"homePage": "https://example.vn", "name": "Lan"}}
ACTIVITY = "https://example.vn/bai/1"
STATE = {"activityId": ACTIVITY, "agent": AGENT, "stateId": "x"}
ACTIVITY_PROFILE = {"activityId": ACTIVITY, "profileId": "x"}
AGENT_PROFILE = {"agent": AGENT, "profileId": "x"}
KINDS = [("activities/state", STATE), ("activities/profile", ACTIVITY_PROFILE), ("agents/profile", AGENT_PROFILE)]
PROFILES = KINDS[1:]
NEW = {"If_None_Match": "*"}


@pytest.fixture(params=KINDS, ids=["state", "activity profile", "agent profile"])
def shelf(request):
    return request.param


def without(params, *names):
    return {name: value for name, value in params.items() if name not in names}


class TestKeeping:
    def test_a_document_comes_back_as_it_was_put(self, any_system, shelf):
        resource, params = shelf
        content = "Đã học / xong".encode()
        kind = "application/octet-stream"
        assert any_system.put(resource, content, params, Content_Type=kind, **NEW).status_code == 204
        answer = any_system.get(resource, params)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, content, kind)
        assert answer["ETag"] == f'"{hashlib.sha1(content).hexdigest()}"'
        assert abs(parse_http_date(answer["Last-Modified"]) - time.time()) < 60

    def test_an_unknown_one_is_absent(self, any_system, shelf):
        assert any_system.get(*shelf).status_code == 404

    def test_a_posted_one_is_merged_one_level_deep(self, any_system, shelf):
        resource, params = shelf
        any_system.post(resource, {"car": {"make": "Ford", "model": "Escape"}, "driver": "Dale"}, params)
        answer = any_system.post(resource, {"car": {"make": "Dodge"}, "series": 1}, params)
        assert answer.status_code == 204
        assert any_system.get(resource, params).json() == {"car": {"make": "Dodge"}, "driver": "Dale", "series": 1}

    @pytest.mark.parametrize("content", [b"1", b"true", b"\x00\xff", b""])
    def test_a_new_one_is_kept_whatever_it_holds(self, any_system, shelf, content):
        resource, params = shelf
        kind = "application/x-www-form-urlencoded"
        assert any_system.post(resource, content, params, Content_Type=kind).status_code == 204
        assert any_system.get(resource, params).content == content

    @pytest.mark.parametrize(
        ("kind", "content"),
        [("application/octet-stream", b"abc"), ("not/json", b"abc"), ("application/json", b'{"a": 1}{'),
         ("application/json", b"[1]"), ("application/json", b"1"), ("application/json", b'{"a": NaN}')],
    )  # fmt: skip
    def test_what_is_no_json_object_is_not_merged(self, any_system, shelf, kind, content):
        resource, params = shelf
        any_system.post(resource, {"car": "Honda"}, params)
        assert any_system.post(resource, content, params, Content_Type=kind).status_code == 400
        assert any_system.get(resource, params).json() == {"car": "Honda"}

    def test_nothing_is_merged_into_what_is_no_json(self, any_system, shelf):
        resource, params = shelf
        any_system.put(resource, b"abc", params, Content_Type="application/octet-stream", **NEW)
        assert any_system.post(resource, {"a": 1}, params).status_code == 400
        assert any_system.get(resource, params).content == b"abc"

    def test_json_that_is_none_is_refused(self, any_system, shelf):
        resource, params = shelf
        assert any_system.post(resource, b"{", params).status_code == 400
        assert not Document.objects.exists()

    def test_a_deleted_one_is_gone_and_deleting_again_is_fine(self, any_system, shelf):
        resource, params = shelf
        any_system.post(resource, {"a": 1}, params)
        assert any_system.delete(resource, params).status_code == 204
        assert any_system.get(resource, params).status_code == 404
        assert any_system.delete(resource, params).status_code == 204


class TestLists:
    def test_ids_of_all_that_stand_on_the_shelf(self, any_system, shelf):
        resource, params = shelf
        name = "stateId" if "stateId" in params else "profileId"
        for key in ("a", "b"):
            any_system.post(resource, {}, {**params, name: key})
        assert any_system.get(resource, without(params, name)).json() == ["a", "b"]

    def test_since_leaves_out_what_is_older(self, any_system, shelf):
        resource, params = shelf
        name = "stateId" if "stateId" in params else "profileId"
        any_system.post(resource, {}, params)
        listed = without(params, name)
        assert any_system.get(resource, {**listed, "since": "2012-06-01T19:09:13Z"}).json() == ["x"]
        assert any_system.get(resource, {**listed, "since": "2999-06-01T19:09:13Z"}).json() == []

    def test_states_of_one_registration(self, any_system):
        first, second = str(uuid4()), str(uuid4())
        any_system.post("activities/state", {"r": 1}, {**STATE, "registration": first})
        any_system.post("activities/state", {"r": 2}, {**STATE, "registration": second, "stateId": "y"})
        listed = without(STATE, "stateId")
        assert any_system.get("activities/state", {**listed, "registration": first}).json() == ["x"]
        assert any_system.get("activities/state", listed).json() == ["x", "y"]
        assert any_system.get("activities/state", STATE).status_code == 404
        assert any_system.delete("activities/state", {**listed, "registration": first}).status_code == 204
        assert any_system.get("activities/state", listed).json() == ["y"]
        assert any_system.delete("activities/state", listed).status_code == 204
        assert any_system.get("activities/state", listed).json() == []


class TestParameters:
    @pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
    def test_those_needed_are_needed(self, any_system, shelf, method):
        resource, params = shelf
        for name in params:
            if method == "GET" and name in ("stateId", "profileId"):
                continue
            if method == "DELETE" and name == "stateId":
                continue
            answer = any_system.send(method, resource, without(params, name), {}, **NEW)
            assert answer.status_code == 400, name

    @pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
    @pytest.mark.parametrize(
        "changes",
        [{"activityId": True}, {"activityId": "x"}, {"agent": "not JSON"}, {"agent": 1}, {"agent": {"key": "x"}},
         {"agent": {"objectType": "Group", "member": [AGENT]}}, {"registration": True}, {"more": "x"},
         {"since": "x"}],
    )  # fmt: skip
    def test_malformed_ones_are_refused(self, any_system, shelf, method, changes):
        resource, params = shelf
        answer = any_system.send(method, resource, {**params, **changes}, {}, **NEW)
        assert answer.status_code == 400

    def test_a_nul_in_one_is_refused(self, any_system):
        assert any_system.put("activities/state", {}, {**STATE, "stateId": "a\x00"}).status_code == 400

    def test_a_content_type_that_cannot_be_kept_is_refused(self, any_system):
        answer = any_system.put("activities/state", b"x", STATE, Content_Type="x/" + "y" * 300)
        assert answer.status_code == 400


class TestConcurrency:
    @pytest.fixture
    def kept(self, any_system, shelf):
        resource, params = shelf
        any_system.post(resource, {"a": 1}, params)
        return any_system.get(resource, params)["ETag"]

    @pytest.mark.parametrize("tag", ['"1111111111111111111111111111111111111111"', "1234"])
    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
    def test_another_tag_changes_nothing(self, any_system, shelf, kept, method, tag):
        resource, params = shelf
        assert any_system.send(method, resource, params, {"b": 2}, If_Match=tag).status_code == 412
        assert any_system.get(resource, params).json() == {"a": 1}

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
    def test_the_right_tag_lets_it_change(self, any_system, shelf, kept, method):
        resource, params = shelf
        assert any_system.send(method, resource, params, {"b": 2}, If_Match=kept).status_code == 204
        expected = {"PUT": {"b": 2}, "POST": {"a": 1, "b": 2}, "DELETE": None}[method]
        answer = any_system.get(resource, params)
        assert (answer.status_code == 404) if expected is None else (answer.json() == expected)

    def test_if_none_match_keeps_what_is_there(self, any_system, shelf, kept):
        resource, params = shelf
        assert any_system.put(resource, {"b": 2}, params, **NEW).status_code == 412
        assert any_system.get(resource, params).json() == {"a": 1}

    def test_a_tag_for_nothing_matches_nothing(self, any_system, shelf):
        assert any_system.put(shelf[0], {}, shelf[1], If_Match='"x"').status_code == 412
        assert any_system.put(shelf[0], {}, shelf[1], If_Match="*").status_code == 412

    @pytest.mark.parametrize(("version", "kinds"), [(V1, PROFILES), (V2, KINDS)])
    def test_putting_without_either_header_on_what_exists_conflicts(self, db, version, kinds):
        system = a_system(version=version)
        for resource, params in kinds:
            system.post(resource, {"a": 1}, params)
            answer = system.put(resource, {"b": 2}, params)
            assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
            assert b"If-Match" in answer.content
            assert system.get(resource, params).json() == {"a": 1}

    def test_state_of_1_0_3_needs_neither_header(self, old_system):
        for value in (1, 2):
            assert old_system.put("activities/state", {"a": value}, STATE).status_code == 204

    @pytest.mark.parametrize(("resource", "params"), PROFILES)
    def test_a_new_profile_of_1_0_3_needs_one(self, old_system, resource, params):
        assert old_system.put(resource, {}, params).status_code == 400
        assert old_system.put(resource, {}, params, **NEW).status_code == 204

    @pytest.mark.parametrize(("resource", "params"), KINDS)
    def test_a_new_document_of_2_0_0_needs_neither(self, system, resource, params):
        assert system.put(resource, {}, params).status_code == 204


def test_agents_are_told_apart_by_their_identifier_alone(any_system):
    named = {**STATE, "agent": {**AGENT, "name": "Lan"}}
    any_system.post("activities/state", {"a": 1}, named)
    assert any_system.get("activities/state", STATE).json() == {"a": 1}


def test_head_tells_of_a_document_without_it(any_system):
    any_system.post("activities/state", {"a": 1}, STATE)
    answer = any_system.send("HEAD", "activities/state", STATE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == any_system.get("activities/state", STATE)["ETag"]
    assert answer["Content-Length"] == str(len(json.dumps({"a": 1})))
