"""The statement resource (Communication 2.1), for both versions where they agree."""

import datetime
import json
import re
from uuid import uuid4

import pytest
from django.utils.http import parse_http_date

from learning.tracking.models import Scope, Statement
from tests.factories.statements import VOIDED, statement
from tests.learning.tracking.xapi.conftest import V1, V2, a_system

pytestmark = pytest.mark.django_db
AGENT = {"objectType": "Agent", "mbox": "mailto:lan@example.vn"}


def ids(found):
    return [one["id"] for one in found]


def test_put_stores_and_answers_nothing(any_system):
    key = str(uuid4())
    answer = any_system.put("statements", statement(), {"statementId": key})
    assert (answer.status_code, answer.content) == (204, b"")
    assert any_system.get("statements", {"statementId": key}).json()["id"] == key


@pytest.mark.parametrize(
    ("params", "key"),
    [({}, None), ({"statementId": "true"}, None), ({"StatementId": str(uuid4())}, None),
     ({"statementId": str(uuid4())}, "8c1f3b52-6f2e-4a5e-9a53-2f4f0e6d7a10"),
     ({"statementId": str(uuid4()), "foo": "bar"}, None)],
)  # fmt: skip
def test_put_needs_the_id_of_its_statement(any_system, params, key):
    sent = statement(id=key) if key else statement()
    assert any_system.put("statements", sent, params).status_code == 400
    assert not Statement.objects.exists()


def test_put_takes_one_statement(any_system):
    assert any_system.put("statements", [statement()], {"statementId": str(uuid4())}).status_code == 400


def test_post_answers_the_ids_in_order(any_system):
    keys = [str(uuid4()) for _ in range(3)]
    answer = any_system.post("statements", [statement(id=key) for key in keys])
    assert (answer.status_code, answer.json()) == (200, keys)
    assert any_system.post("statements", statement(id=keys[0])).json() == keys[:1]
    assert any_system.post("statements", []).json() == []


def test_a_statement_sent_three_times_is_one_row_and_another_one_conflicts(any_system):
    key = str(uuid4())
    for _ in range(3):
        assert any_system.post("statements", statement(id=key)).status_code == 200
    assert any_system.put("statements", statement(), {"statementId": key}).status_code == 204
    other = statement(id=key, verb={"id": "https://example.vn/v/other"})
    assert any_system.post("statements", other).status_code == 409
    assert Statement.objects.count() == 1


def test_a_batch_with_one_bad_statement_stores_none(any_system):
    answer = any_system.post("statements", [statement(), statement(verb={"id": "should fail"})])
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert not Statement.objects.exists()


@pytest.mark.parametrize("inner", ['"name": "An", "name": "Bình", ', '"account": {"name": "a", "name": "b"}, '])
def test_a_name_that_stands_twice_in_an_object_is_refused(any_system, inner):
    body = json.dumps(statement()).replace('"actor": {', '"actor": {' + inner, 1)
    answer = any_system.post("statements", body.encode())
    assert (answer.status_code, "twice" in answer.content.decode()) == (400, True)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"])
def test_statements_come_as_json_or_multipart(any_system, kind):
    assert any_system.post("statements", statement(), Content_Type=kind).status_code == 400


def test_a_charset_beside_json_is_fine(any_system):
    assert any_system.post("statements", statement(), Content_Type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_statements_are_never_deleted(any_system, method):
    answer = any_system.send(method, "statements", {"statementId": str(uuid4())}, Authorization=None)
    assert answer.status_code == 405
    assert "PUT" in answer["Allow"]


class TestReading:
    def test_one_statement_with_when_it_was_stored(self, any_system):
        (key,) = any_system.store(statement())
        answer = any_system.get("statements", {"statementId": key})
        kept = answer.json()
        assert answer["Content-Type"] == "application/json"
        stored = datetime.datetime.fromisoformat(kept["stored"])
        assert parse_http_date(answer["Last-Modified"]) == int(stored.timestamp())
        assert kept["timestamp"] == kept["stored"]

    def test_an_unknown_one_is_absent(self, any_system):
        answer = any_system.get("statements", {"statementId": str(uuid4())})
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")

    @pytest.mark.parametrize("status", [200, 400])
    def test_until_when_the_store_is_consistent_is_always_said(self, any_system, status):
        answer = any_system.get("statements", {} if status == 200 else {"LIMIT": "1"})
        assert answer.status_code == status
        told = answer["X-Experience-API-Consistent-Through"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", told)

    def test_latest_first_unless_ascending(self, any_system):
        keys = any_system.store(*(statement() for _ in range(4)))
        assert ids(any_system.find()) == keys[::-1]
        assert ids(any_system.find(ascending=True)) == keys

    @pytest.mark.parametrize("ascending", [True, False])
    @pytest.mark.parametrize("filters", [{}, {"verb": "http://adlnet.gov/expapi/verbs/completed"}])
    def test_pages_follow_each_other_without_gap_or_repetition(self, any_system, ascending, filters):
        keys = any_system.store(*(statement() for _ in range(5)))
        found, address = [], None
        answer = any_system.get("statements", {"limit": 2, "ascending": ascending, **filters})
        for _step in range(5):
            found += ids(answer.json()["statements"])
            address = answer.json()["more"]
            if not address:
                break
            assert address.startswith("/xapi/statements?")
            answer = any_system.http.get(address, headers=any_system.headers)
        assert found == (keys if ascending else keys[::-1])

    def test_nothing_found_is_an_empty_result(self, any_system):
        answer = any_system.get("statements", {"verb": "https://example.vn/v/none"})
        assert answer.json() == {"statements": [], "more": ""}

    def test_since_excludes_and_until_includes_its_moment(self, any_system):
        first, second = any_system.store(statement(), statement())
        moment = Statement.objects.get(pk=first).body["stored"]
        assert ids(any_system.find(since=moment)) == [second]
        assert ids(any_system.find(until=moment)) == [first]

    @pytest.mark.parametrize(
        ("changes", "params"),
        [
            ({"verb": {"id": "https://example.vn/v/1"}}, {"verb": "https://example.vn/v/1"}),
            ({"object": {"id": "https://example.vn/a/1"}}, {"activity": "https://example.vn/a/1"}),
            ({"actor": {"mbox": "mailto:x@example.vn"}}, {"agent": {"mbox": "mailto:x@example.vn"}}),
            ({"actor": {"objectType": "Group", "member": [{"mbox": "mailto:x@example.vn"}]}},
             {"agent": {"mbox": "mailto:x@example.vn"}}),
            ({"object": {"objectType": "Agent", "mbox": "mailto:x@example.vn"}},
             {"agent": {"mbox": "mailto:x@example.vn"}}),
            ({"context": {"registration": "11111111-2222-4333-8444-555555555555"}},
             {"registration": "11111111-2222-4333-8444-555555555555"}),
            ({"context": {"instructor": {"mbox": "mailto:x@example.vn"}}},
             {"agent": {"mbox": "mailto:x@example.vn"}, "related_agents": True}),
            ({"context": {"team": {"objectType": "Group", "member": [{"mbox": "mailto:x@example.vn"}]}}},
             {"agent": {"mbox": "mailto:x@example.vn"}, "related_agents": True}),
            ({"context": {"contextActivities": {"parent": {"id": "https://example.vn/a/1"}}}},
             {"activity": "https://example.vn/a/1", "related_activities": True}),
            ({"object": {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "https://example.vn/v/1"},
                         "object": {"id": "https://example.vn/a/1"},
                         "context": {"instructor": {"mbox": "mailto:x@example.vn"}}}},
             {"activity": "https://example.vn/a/1", "related_activities": True}),
            ({"object": {"objectType": "SubStatement", "actor": {"mbox": "mailto:x@example.vn"},
                         "verb": {"id": "https://example.vn/v/1"}, "object": {"id": "https://example.vn/a/1"}}},
             {"agent": {"mbox": "mailto:x@example.vn"}, "related_agents": True}),
        ],
    )  # fmt: skip
    def test_filters_find_what_they_name_and_nothing_else(self, any_system, changes, params):
        any_system.store(statement())
        (key,) = any_system.store(statement(**changes))
        assert ids(any_system.find(**params)) == [key]

    def test_what_is_only_related_is_not_found_without_asking(self, any_system):
        any_system.store(statement(context={"contextActivities": {"parent": {"id": "https://example.vn/a/1"}},
                                            "instructor": {"mbox": "mailto:x@example.vn"}}))  # fmt: skip
        assert any_system.find(activity="https://example.vn/a/1") == []
        assert any_system.find(agent={"mbox": "mailto:x@example.vn"}) == []

    def test_the_authority_is_a_related_agent(self, any_system):
        (key,) = any_system.store(statement())
        authority = any_system.find()[0]["authority"]
        assert ids(any_system.find(agent=authority, related_agents=True)) == [key]

    def test_filters_add_up(self, any_system):
        verb = {"id": "https://example.vn/v/1"}
        any_system.store(statement(verb=verb, object={"id": "https://example.vn/a/2"}), statement())
        (key,) = any_system.store(statement(verb=verb))
        assert ids(any_system.find(verb=verb["id"], activity="https://example.vn/bai/1")) == [key]

    @pytest.mark.parametrize(
        "params",
        [
            {"foo": "bar"}, {"Verb": "https://example.vn/v"}, {"Limit": 1}, {"verb": "not an IRI"}, {"verb": ""},
            {"activity": "x"}, {"agent": "not JSON"}, {"agent": {"name": "x"}}, {"agent": True},
            {"agent": {"objectType": "Group", "member": [{"mbox": "mailto:x@example.vn"}]}},
            {"registration": "x"}, {"since": "yesterday"}, {"until": "2008-09-15T15:53:00.601-00:00"},
            {"since": "9999-12-31T23:59:59-05:00"}, {"limit": -1}, {"limit": "a"}, {"limit": "²"}, {"format": "IDS"},
            {"ascending": "yes"}, {"attachments": "1"}, {"related_agents": ""}, {"cursor": "x"},
            {"statementId": "x"}, {"statementId": str(uuid4()), "voidedStatementId": str(uuid4())},
            *({"statementId": str(uuid4()), **more} for more in (
                {"agent": AGENT}, {"verb": "https://example.vn/v"}, {"activity": "https://example.vn/a"},
                {"registration": str(uuid4())}, {"related_activities": True}, {"related_agents": True},
                {"since": "2012-06-01T19:09:13.245Z"}, {"until": "2012-06-01T19:09:13.245Z"}, {"limit": 1},
                {"ascending": True})),
        ],
    )  # fmt: skip
    def test_parameters_that_are_not_allowed_are_refused(self, any_system, params):
        assert any_system.get("statements", params).status_code == 400

    def test_a_parameter_twice_is_refused(self, any_system):
        answer = any_system.http.get("/xapi/statements?limit=1&limit=2", headers=any_system.headers)
        assert answer.status_code == 400

    def test_head_answers_as_get_without_the_body(self, any_system):
        any_system.store(statement())
        get, head = any_system.get("statements"), any_system.send("HEAD", "statements")
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(get.content))


def that_voids(key):
    return statement(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": key})


class TestVoiding:
    @pytest.fixture
    def voided(self, any_system):
        (key,) = any_system.store(statement(verb={"id": "https://example.vn/v/1"}))
        target = {"objectType": "StatementRef", "id": key}
        (voiding,) = any_system.store(statement(verb={"id": VOIDED}, object=target))
        return key, voiding

    def test_a_void_statement_is_found_only_where_it_is_asked_for(self, any_system, voided):
        key, voiding = voided
        assert any_system.get("statements", {"statementId": key}).status_code == 404
        assert any_system.get("statements", {"voidedStatementId": key}).json()["id"] == key
        assert any_system.get("statements", {"voidedStatementId": voiding}).status_code == 404
        assert ids(any_system.find()) == [voiding]

    def test_statements_about_it_are_still_found_by_what_finds_it(self, any_system, voided):
        key, voiding = voided
        about = statement(verb={"id": "https://example.vn/v/1"}, object={"objectType": "StatementRef", "id": key})
        (later,) = any_system.store(about)
        assert ids(any_system.find(verb="https://example.vn/v/1")) == [later, voiding]

    @pytest.mark.parametrize("shape", ["ids", "exact", "canonical"])
    def test_formats_and_attachments_go_with_it(self, any_system, voided, shape):
        answer = any_system.get("statements", {"voidedStatementId": voided[0], "format": shape, "attachments": True})
        assert answer.status_code == 200

    def test_a_voiding_statement_needs_a_reference(self, any_system):
        assert any_system.post("statements", statement(verb={"id": VOIDED})).status_code == 400


class TestScopes:
    def test_who_may_read_its_own_reads_no_others(self, system):
        system.store(statement())
        mine = a_system(Scope.WRITE_STATEMENTS, Scope.READ_OWN_STATEMENTS)
        (key,) = mine.store(statement())
        assert ids(mine.find()) == ids(mine.find(verb="http://adlnet.gov/expapi/verbs/completed")) == [key]
        assert len(system.find()) == 2

    @pytest.mark.parametrize("scopes", [[Scope.WRITE_STATEMENTS], [Scope.WRITE_STATEMENTS, Scope.READ_OWN_STATEMENTS]])
    def test_who_may_read_its_own_voids_no_others(self, system, scopes):
        narrow = a_system(*scopes)
        (others,), (own,) = system.store(statement()), narrow.store(statement())
        assert narrow.post("statements", that_voids(others)).status_code == 403
        assert system.get("statements", {"statementId": others}).status_code == 200
        assert narrow.post("statements", [that_voids(own), that_voids(str(uuid4()))]).status_code == 200
        assert system.get("statements", {"statementId": own}).status_code == 404

    def test_who_may_not_read_or_write_is_forbidden(self, system):
        assert a_system(Scope.WRITE_STATEMENTS).get("statements").status_code == 403
        assert a_system(Scope.READ_STATEMENTS).post("statements", statement()).status_code == 403


def test_versions_stay_as_they_came(db):
    old, new = a_system(version=V1), a_system(version=V2)
    first, second = *old.store(statement()), *new.store(statement())
    assert new.get("statements", {"statementId": first}).json()["version"] == "1.0.0"
    assert old.get("statements", {"statementId": second}).json()["version"] == "2.0.0"
