"""Who is let in, in which version, and what is answered to everybody."""

import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from learning.evidence.models import Evidence
from learning.tracking.actions import alias_of, end_launch, revoke_credential, start_launch
from learning.tracking.models import Credential, Statement
from learning.tracking.xapi.clients import learner_agent
from membership.actions import publish_consent_text
from tests.factories.people import add_user
from tests.factories.statements import statement
from tests.learning.tracking.xapi.conftest import V1, V2, System, a_system, basic
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
RESOURCES = ["statements", "activities", "agents", "activities/state", "activities/profile", "agents/profile"]


class TestVersion:
    @pytest.mark.parametrize(
        ("named", "answered"),
        [("1.0", V1), ("1.0.0", V1), ("1.0.2", V1), ("1.0.3", V1), ("1.0.9", V1), ("2.0.0", V2), ("2.0.1", V2)],
    )
    def test_the_answer_is_in_the_version_asked_for(self, system, named, answered):
        answer = system.get("statements", X_Experience_API_Version=named)
        assert (answer.status_code, answer["X-Experience-API-Version"]) == (200, answered)

    @pytest.mark.parametrize("named", [None, "", "0.9", "0.95", "1.1.0", "3.0.0", "1.0.x", "2"])
    @pytest.mark.parametrize("resource", RESOURCES)
    def test_no_or_another_version_is_refused(self, system, named, resource):
        assert system.get(resource, X_Experience_API_Version=named).status_code == 400

    def test_no_version_is_refused_before_credentials_are_asked_for(self, system):
        answer = system.get("statements", X_Experience_API_Version=None, Authorization=None)
        assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, V2)

    def test_who_names_none_is_answered_in_the_version_it_spoke_last(self, system):
        for version in (V1, V2):
            system.get("statements", X_Experience_API_Version=version)
            answer = system.get("statements", X_Experience_API_Version=None)
            assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, version)


class TestAbout:
    def test_anybody_reads_which_versions_are_spoken(self, db):
        answer = Client().get("/xapi/about")
        assert answer.json()["version"] == ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
        assert answer["X-Experience-API-Version"] == V2

    def test_1_0_3_names_no_version_after_it(self, db):
        answer = Client().get("/xapi/about", headers={"X-Experience-API-Version": V1})
        assert answer.json()["version"] == ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]

    def test_it_takes_no_parameters_and_no_other_method(self, db):
        assert Client().get("/xapi/about?x=1").status_code == 400
        assert Client().post("/xapi/about").status_code == 405


class TestAddresses:
    @pytest.mark.parametrize("address", ["/xapi/", "/xapi/unknown", "/xapi/statements/", "/xapi/activities/state/"])
    def test_nothing_else_is_there_and_nothing_redirects(self, system, address):
        answer = system.http.get(address, headers=system.headers)
        assert (answer.status_code, answer["X-Experience-API-Version"]) == (404, V2)

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
    @pytest.mark.parametrize("resource", ["activities", "agents"])
    def test_methods_that_a_resource_lacks_are_refused_before_all_else(self, system, method, resource):
        assert system.send(method, resource, Authorization=None).status_code == 405

    def test_pages_of_any_origin_may_ask_without_cookies(self, system):
        answer = system.send("OPTIONS", "statements", Authorization=None, X_Experience_API_Version=None)
        assert answer.status_code == 204
        assert "Authorization" in answer["Access-Control-Allow-Headers"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer

    def test_the_language_of_the_site_is_none_of_its_business(self, system):
        assert "Content-Language" not in system.get("statements")

    def test_answers_are_not_kept_by_the_page_cache(self, system):
        assert system.get("statements").json()["statements"] == []
        system.store(statement())
        assert len(system.get("statements").json()["statements"]) == 1


class TestCredentials:
    @pytest.mark.parametrize(
        "header",
        [None, "", "Basic", "Basic: eDp5", "Basic !!!", "Basic eA==", basic("x", "y"), basic("launch", ""),
         basic("a\x00b", "y"), "Bearer ", "Bearer x", "Digest x", "Basic /////w=="],
    )  # fmt: skip
    def test_without_right_ones_nobody_is_let_in_and_no_browser_asks(self, system, header):
        answer = system.get("statements", Authorization=header)
        assert answer.status_code == 401
        assert not answer["WWW-Authenticate"].startswith("Basic")

    def test_the_secret_is_kept_nowhere(self, system):
        row = Credential.objects.get()
        assert row.secret_digest not in system.headers["Authorization"]
        assert len(row.secret_digest) == 64

    def test_a_revoked_one_opens_nothing(self, system):
        revoke_credential(credential=Credential.objects.get(), by=None, at=timezone.now())
        assert system.get("statements").status_code == 401

    def test_asking_costs_few_queries(self, system):
        system.post("statements", statement())
        assert count_queries(lambda: system.post("statements", statement())) <= 8


class TestLaunch:
    @pytest.fixture
    def launched(self, standing):
        launch, token = start_launch(person=standing.an.person, activity="https://example.vn/bai/1", at=timezone.now())
        content = System({"Authorization": f"Bearer {token}", "X-Experience-API-Version": V2})
        content.actor = learner_agent(alias_of(person=standing.an.person))
        content.launch, content.token = launch, token
        return content

    def told(self, content, **changes):
        context = {"registration": str(content.launch.registration)}
        return statement(**{"actor": content.actor, "context": context, **changes})

    def test_content_speaks_with_its_token_in_either_scheme(self, launched):
        assert launched.post("statements", self.told(launched)).status_code == 200
        cmi5 = launched.post("statements", self.told(launched), Authorization=basic("launch", launched.token))
        assert cmi5.status_code == 200

    def test_it_tells_nothing_of_others(self, launched):
        assert launched.post("statements", self.told(launched, actor={"mbox": "mailto:x@y.vn"})).status_code == 403
        other = self.told(launched, object={"id": "https://example.vn/bai/2"})
        assert launched.post("statements", other).status_code == 403
        assert not Statement.objects.exists()

    def test_it_reads_nothing_of_others(self, launched):
        (other,) = a_system().store(statement())
        (key,) = launched.store(self.told(launched))
        assert [one["id"] for one in launched.find()] == [key]
        assert (
            launched.find(verb="http://adlnet.gov/expapi/verbs/completed", agent={"mbox": "mailto:lan@example.vn"})
            == []
        )
        assert launched.get("statements", {"statementId": other}).status_code == 404
        assert launched.get("agents", {"agent": {"mbox": "mailto:lan@example.vn"}}).status_code == 403

    def test_its_documents_are_those_of_its_learner_and_activity(self, launched):
        own = {"activityId": "https://example.vn/bai/1", "agent": launched.actor, "stateId": "x"}
        assert launched.put("activities/state", {"at": 3}, own).status_code == 204
        assert launched.get("activities/state", own).json() == {"at": 3}
        for strange in (
            {**own, "activityId": "https://example.vn/bai/2"},
            {**own, "agent": {"mbox": "mailto:x@y.vn"}},
            {**own, "registration": str(uuid4())},
        ):
            assert launched.put("activities/state", {}, strange).status_code == 403
            assert launched.get("activities/state", strange).status_code == 403

    def test_it_reads_what_is_said_of_its_activity_and_changes_nothing_of_it(self, launched):
        profile = {"activityId": "https://example.vn/bai/1", "profileId": "x"}
        assert launched.post("activities/profile", {"x": 1}, profile).status_code == 403
        assert launched.get("activities/profile", profile).status_code == 404

    def test_a_token_that_ended_or_expired_opens_nothing(self, launched, standing):
        late = timezone.now() - datetime.timedelta(days=1)
        _launch, old = start_launch(person=standing.an.person, activity="https://example.vn/bai/1", at=late)
        assert launched.get("statements", Authorization=f"Bearer {old}").status_code == 401
        end_launch(launch=launched.launch, at=timezone.now())
        assert launched.get("statements").status_code == 401


class TestSession:
    @pytest.fixture
    def player(self, standing):
        http = Client(enforce_csrf_checks=True)
        http.force_login(standing.an)
        http.get("/tai-khoan/login/")
        player = System({"X-Experience-API-Version": V2}, http)
        player.actor = learner_agent(alias_of(person=standing.an.person))
        return player

    def test_it_reads_what_is_about_oneself(self, player):
        a_system().store(statement())
        (key,) = a_system().store(statement(actor=player.actor))
        assert [one["id"] for one in player.find()] == [key]

    def test_what_anyone_tells_the_store_is_no_evidence(self, player):
        passed = {"id": "http://adlnet.gov/expapi/verbs/passed"}
        (key,) = a_system().store(statement(actor=player.actor, verb=passed, result={"success": True}))
        assert Statement.objects.filter(pk=key).exists()
        assert not Evidence.objects.exists()

    def test_it_writes_about_oneself_with_the_csrf_token(self, player):
        http = player.http
        token = "a" * 32
        http.cookies["csrftoken"] = token
        assert player.post("statements", statement(actor=player.actor)).status_code == 403
        assert player.post("statements", statement(actor=player.actor), X_CSRFToken=token).status_code == 200
        assert player.post("statements", statement(), X_CSRFToken=token).status_code == 403

    def test_nobody_signed_in_is_nobody(self, db):
        nobody = System({"X-Experience-API-Version": V2})
        nobody.http.cookies["sessionid"] = "x"
        assert nobody.get("statements").status_code == 401

    def test_who_has_not_consented_is_told_instead_of_sent_away(self, player, standing):
        publish_consent_text(
            version="9", text="…", by=add_user("quantri", "Quản trị", is_superuser=True), at=timezone.now()
        )
        assert player.get("statements").status_code == 403
