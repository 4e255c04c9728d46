"""Activities, agents, formats, the alternate syntax, encoding."""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from learning.tracking.models import Statement
from learning.tracking.store.resources.statements import MOST_AT_ONCE
from tests.factories.statements import statement
from tests.learning.tracking.xapi.conftest import V1

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
MEETING = {
    "objectType": "Activity",
    "id": "https://example.vn/hop/1",
    "definition": {
        "name": {"en-GB": "meeting", "en-US": "gathering"},
        "description": {"en-GB": "a meeting", "en-US": "a gathering"},
        "type": "https://example.vn/t",
        "interactionType": "choice",
        "choices": [{"id": "a", "description": {"en-GB": "colour", "en-US": "color"}}],
    },
}
VERB = {"id": "https://example.vn/v/1", "display": {"en-GB": "organised", "en-US": "organized"}}
GROUP = {"objectType": "Group", "mbox": "mailto:nhom@example.vn", "name": "Nhóm"}


class TestActivities:
    def test_all_that_is_known_of_one(self, any_system):
        any_system.store(statement(object=MEETING))
        other = {**MEETING, "definition": {"name": {"fr-FR": "réunion"}}}
        any_system.store(statement(context={"contextActivities": {"parent": other}}))
        found = any_system.get("activities", {"activityId": MEETING["id"]}).json()
        assert found["definition"]["name"] == {**MEETING["definition"]["name"], "fr-FR": "réunion"}
        assert {**found, "definition": None} == {**MEETING, "definition": None}

    def test_an_unknown_one_is_still_an_activity(self, any_system):
        answer = any_system.get("activities", {"activityId": "https://example.vn/none"})
        assert answer.json() == {"objectType": "Activity", "id": "https://example.vn/none"}

    @pytest.mark.parametrize("params", [{}, {"activityId": "x"}, {"activityId": True}, {"activityid": "https://x.vn"},
                                        {"activityId": "https://x.vn", "more": 1}])  # fmt: skip
    def test_parameters(self, any_system, params):
        assert any_system.get("activities", params).status_code == 400


class TestAgents:
    @pytest.mark.parametrize(
        ("name", "value"),
        [("mbox", "mailto:lan@example.vn"), ("mbox_sha1sum", "cd9b00a5611f94eaa7b1661edab976068e364975"),
         ("openid", "https://openid.example.org/1"), ("account", {"homePage": "https://x.vn", "name": "lan"})],
    )  # fmt: skip
    def test_a_person_whose_attributes_are_arrays(self, any_system, name, value):
        agent = {"objectType": "Agent", name: value}
        any_system.store(statement(actor={**agent, "name": "Lan"}), statement(actor={**agent, "name": "Chị Lan"}))
        found = any_system.get("agents", {"agent": agent}).json()
        assert found == {"objectType": "Person", "name": ["Chị Lan", "Lan"], name: [value]}

    def test_an_unknown_one_is_what_was_asked_with(self, any_system):
        agent = {"mbox": "mailto:x@example.vn", "name": "X"}
        found = any_system.get("agents", {"agent": agent}).json()
        assert found == {"objectType": "Person", "name": ["X"], "mbox": ["mailto:x@example.vn"]}

    @pytest.mark.parametrize("params", [{}, {"agent": "x"}, {"agent": {}}, {"agent": [1]}, {"Agent": GROUP},
                                        {"agent": GROUP, "more": 1}])  # fmt: skip
    def test_parameters(self, any_system, params):
        assert any_system.get("agents", params).status_code == 400


class TestFormats:
    @pytest.fixture
    def sent(self, any_system):
        part = {"objectType": "SubStatement", "actor": GROUP, "verb": VERB, "object": MEETING}
        lan = {"mbox": "mailto:lan@example.vn", "name": "Lan", "objectType": "Agent"}
        about = {"instructor": GROUP, "contextActivities": {"category": [MEETING]}}
        whole = statement(actor=lan, verb=VERB, object=part, context=about)
        any_system.store(whole)
        return whole

    @pytest.mark.parametrize("params", [{}, {"format": "exact"}])
    def test_exact_is_as_it_came(self, any_system, sent, params):
        (found,) = any_system.find(**params)
        assert {name: found[name] for name in sent} == sent

    def test_ids_only_identify(self, any_system, sent):
        (found,) = any_system.find(format="ids")
        assert found["actor"] == {"objectType": "Agent", "mbox": "mailto:lan@example.vn"}
        assert found["verb"] == {"id": VERB["id"]}
        assert found["object"]["actor"] == {"objectType": "Group", "mbox": "mailto:nhom@example.vn"}
        assert found["object"]["verb"] == {"id": VERB["id"]}
        assert found["object"]["object"] == {"id": MEETING["id"]}
        assert found["context"]["contextActivities"]["category"] == [{"id": MEETING["id"]}]
        assert found["context"]["instructor"] == {"objectType": "Group", "mbox": "mailto:nhom@example.vn"}

    def test_members_of_an_anonymous_group_are_identified(self, any_system):
        members = [{"mbox": "mailto:a@example.vn", "name": "A"}]
        any_system.store(statement(actor={"objectType": "Group", "name": "G", "member": members}))
        (found,) = any_system.find(format="ids")
        assert found["actor"] == {"objectType": "Group", "member": [{"mbox": "mailto:a@example.vn"}]}

    @pytest.mark.parametrize(
        ("languages", "tag"),
        [("en-GB", "en-GB"), ("en-US;q=0.1, en-GB;q=0.9", "en-GB"), ("en", "en-GB"), ("EN-us", "en-US"),
         ("fr, *;q=0.5", "en-GB"), ("", "en-GB"), (";;q=x,,", "en-GB")],
    )  # fmt: skip
    def test_canonical_speaks_one_language(self, any_system, sent, languages, tag):
        answer = any_system.get("statements", {"format": "canonical"}, Accept_Language=languages)
        (found,) = answer.json()["statements"]
        for verb in (found["verb"], found["object"]["verb"]):
            assert list(verb["display"]) == [tag]
        for activity in (found["object"]["object"], found["context"]["contextActivities"]["category"][0]):
            assert list(activity["definition"]["name"]) == list(activity["definition"]["description"]) == [tag]
            assert list(activity["definition"]["choices"][0]["description"]) == [tag]
            assert activity["definition"]["type"] == "https://example.vn/t"
        assert found["actor"] == sent["actor"]

    def test_canonical_says_what_the_store_knows(self, any_system):
        any_system.store(statement(object=MEETING), statement(object={"id": MEETING["id"]}))
        answer = any_system.get("statements", {"format": "canonical"}, Accept_Language="en-GB")
        assert [one["object"]["definition"]["name"] for one in answer.json()["statements"]] == [
            {"en-GB": "meeting"}
        ] * 2


class TestAlternateSyntax:
    def send(self, system, method, form, address="statements", **headers):
        told = {**system.headers, **headers}
        told = {name: value for name, value in told.items() if value is not None}
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        return system.http.generic("POST", f"/xapi/{address}?method={method}", body, content_type=FORM, headers=told)

    def test_get(self, old_system):
        (key,) = old_system.store(statement())
        answer = self.send(old_system, "GET", {"limit": "1"})
        assert [one["id"] for one in answer.json()["statements"]] == [key]

    def test_put_with_its_headers_in_the_form(self, old_system):
        form = {"statementId": str(uuid4()), "content": json.dumps(statement()), "X-Experience-API-Version": V1,
                "Content-Type": "application/json", "Authorization": old_system.headers["Authorization"]}  # fmt: skip
        none = {"Authorization": None, "X-Experience-API-Version": None}
        assert self.send(old_system, "PUT", form, **none).status_code == 204
        assert Statement.objects.count() == 1

    def test_documents_too(self, old_system):
        params = {"activityId": "https://example.vn/a", "agent": '{"mbox":"mailto:x@y.vn"}', "stateId": "x"}
        assert self.send(old_system, "POST", {**params, "content": "{}"}, "activities/state").status_code == 204
        assert self.send(old_system, "GET", params, "activities/state").json() == {}
        assert self.send(old_system, "DELETE", params, "activities/state").status_code == 204

    @pytest.mark.parametrize(
        ("method", "form"),
        [("PUT", {"statementId": str(uuid4())}), ("PUT", b""), ("POST", b""), ("PUT", b'{"content":"x"}'),
         ("PUT", b"\xff=\xfe"),
         ("PUT", {"statementId": str(uuid4()), "content": "{}", "X-Experience-API-Version": "0.8"}),
         ("GET", [("limit", "1"), ("limit", "2")])],
    )  # fmt: skip
    def test_malformed_forms_are_refused(self, old_system, method, form):
        assert self.send(old_system, method, form).status_code == 400

    def test_nothing_else_stands_in_the_address(self, old_system):
        form = {"statementId": str(uuid4()), "content": json.dumps(statement())}
        answer = self.send(old_system, f"PUT&statementId={form['statementId']}", form)
        assert answer.status_code == 400

    def test_unknown_methods_are_refused(self, old_system):
        assert self.send(old_system, "PATCH", {"content": "{}"}).status_code == 405

    def test_only_post_carries_it(self, old_system):
        assert old_system.put("statements", statement(), {"method": "POST"}).status_code == 400

    @pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
    def test_2_0_0_has_none(self, system, method):
        form = {"statementId": str(uuid4()), "content": json.dumps(statement())}
        assert self.send(system, method, form).status_code == 400


def test_texts_are_utf_8(any_system):
    display = {"vi": "đã hoàn thành", "ja": "完了しました", "el": "ολοκληρώθηκε", "x-emoji": "🎉"}
    any_system.store(statement(verb={"id": "https://example.vn/v/1", "display": display}))
    assert any_system.find()[0]["verb"]["display"] == display


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"id": 1e999}', b"NaN", b"1" * 5000,
                                  b'{"a":"\\ud800"}', b"null", b'"x"'])  # fmt: skip
def test_what_is_no_statement_is_a_bad_request(any_system, body):
    assert any_system.post("statements", body).status_code == 400


def test_a_batch_that_would_keep_all_others_waiting_is_said_to_be_too_large(any_system):
    answer = any_system.post("statements", [statement()] * (MOST_AT_ONCE + 1))
    assert answer.status_code == 413
    assert str(MOST_AT_ONCE) in answer.content.decode()
    assert not Statement.objects.exists()


def test_what_is_too_large_is_said_to_be(any_system, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = any_system.post("statements", b" " * 2000)
    assert (answer.status_code, answer["Content-Type"]) == (413, "text/plain; charset=utf-8")
    assert "1000" in answer.content.decode()
