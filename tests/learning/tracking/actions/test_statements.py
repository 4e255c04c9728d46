import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from learning.tracking.actions import alias_of, start_launch, store_for_person, store_statements
from learning.tracking.models import ActivityDefinition, Scope, Statement, StatementTerm, Voiding
from learning.tracking.xapi.clients import launch_client, learner_agent
from learning.tracking.xapi.formats import ConflictError, ForbiddenError, RefusedError
from learning.tracking.xapi.terms import ACTIVITY, AGENT, VERB, registration_term, term
from tests.factories.statements import VOIDED, outside_client, statement
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 4, 8, 30, tzinfo=datetime.UTC)


def store(*statements, by=None, at=NOW, version="2.0.0"):
    return store_statements(statements=list(statements), by=by or outside_client(), at=at, version=version)


def reference(target):
    return {"objectType": "StatementRef", "id": str(target)}


def found_by(kind, value):
    return set(StatementTerm.objects.filter(term=term(kind, value)).values_list("statement_id", flat=True))


def test_stores_what_was_sent_with_what_the_store_adds():
    (key,) = store(statement())
    kept = Statement.objects.get(pk=key).body
    assert kept["id"] == str(key)
    assert kept["stored"] == kept["timestamp"] == "2026-05-04T08:30:00.000000Z"
    assert kept["version"] == "2.0.0"
    assert kept["authority"]["account"]["name"] == "system"
    assert {name: kept[name] for name in ("actor", "verb", "object")} == statement()


def test_keeps_the_order_of_a_batch():
    keys = store(*(statement() for _ in range(5)))
    assert list(Statement.objects.order_by("stored").values_list("pk", flat=True)) == keys


def test_the_same_statement_three_times_is_one_row():
    sent = statement(id=str(uuid4()))
    assert store(sent) == store(sent) == store(sent, at=NOW + datetime.timedelta(hours=1))
    assert Statement.objects.count() == 1
    assert Statement.objects.get().stored == NOW


def test_another_statement_under_the_same_id_is_refused_whole():
    key = str(uuid4())
    store(statement(id=key))
    with pytest.raises(ConflictError):
        store(statement(), statement(id=key, result={"success": True}))
    assert Statement.objects.count() == 1


def test_an_id_twice_in_a_batch_is_refused():
    key = str(uuid4())
    with pytest.raises(RefusedError):
        store(statement(id=key), statement(id=key))
    assert not Statement.objects.exists()


def test_one_malformed_statement_refuses_the_batch():
    with pytest.raises(RefusedError):
        store(statement(), statement(verb={"id": "completed"}))
    assert not Statement.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\\\x00"])
def test_what_a_database_cannot_keep_is_refused(text):
    with pytest.raises(RefusedError):
        store(statement(result={"response": text}))


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(RefusedError):
        store(statement(result={"extensions": {"https://example.vn/x": float("inf")}}))


def test_a_text_that_only_looks_like_nul_is_kept():
    (key,) = store(statement(result={"response": "\\u0000"}))
    assert Statement.objects.get(pk=key).body["result"]["response"] == "\\u0000"


def test_single_context_activities_become_arrays():
    parent = {"id": "https://example.vn/khoa/1"}
    (key,) = store(statement(context={"contextActivities": {"parent": parent}}))
    assert Statement.objects.get(pk=key).body["context"]["contextActivities"]["parent"] == [parent]


def test_a_batch_costs_as_many_queries_as_a_few():
    store(statement())
    few = count_queries(lambda: store(*(statement(id=str(uuid4())) for _ in range(2))))
    many = count_queries(lambda: store(*(statement(id=str(uuid4())) for _ in range(60))))
    assert many <= few <= (3 if connection.vendor == "postgresql" else 6)


def test_a_voiding_statement_voids_once_and_never_a_voiding_one():
    (key,) = store(statement())
    (voiding,) = store(statement(verb={"id": VOIDED}, object=reference(key)))
    store(statement(verb={"id": VOIDED}, object=reference(voiding)))
    store(statement(verb={"id": VOIDED}, object=reference(key)))
    assert list(Voiding.objects.values_list("target_id", flat=True)) == [key]


def test_what_is_voided_before_it_arrives_arrives_void():
    key = uuid4()
    store(statement(verb={"id": VOIDED}, object=reference(key)))
    store(statement(id=str(key)))
    assert not Statement.objects.standing().filter(pk=key).exists()


def test_a_voiding_statement_that_arrives_late_is_not_void():
    (key,), late = store(statement()), uuid4()
    store(statement(verb={"id": VOIDED}, object=reference(late)))
    store(statement(id=str(late), verb={"id": VOIDED}, object=reference(key)))
    assert Statement.objects.standing().filter(pk=late).exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_a_statement_about_another_is_found_by_what_finds_that_one(order):
    first, second, third = uuid4(), uuid4(), uuid4()
    sent = [
        statement(id=str(first)),
        statement(id=str(second), verb={"id": "https://example.vn/v/2"}, object=reference(first)),
        statement(id=str(third), verb={"id": "https://example.vn/v/3"}, object=reference(second)),
    ]
    for place in order:
        store(sent[place])
    assert found_by(VERB, "http://adlnet.gov/expapi/verbs/completed") == {first, second, third}
    assert found_by(ACTIVITY, "https://example.vn/bai/1") == {first, second, third}
    assert found_by(VERB, "https://example.vn/v/2") == {second, third}


def test_statements_of_one_batch_that_refer_to_each_other_find_each_other():
    first, second = uuid4(), uuid4()
    store(
        statement(id=str(first), object=reference(second), verb={"id": "https://example.vn/v/1"}),
        statement(id=str(second), object=reference(first), verb={"id": "https://example.vn/v/2"}),
    )
    assert found_by(VERB, "https://example.vn/v/1") == found_by(VERB, "https://example.vn/v/2") == {first, second}


def test_definitions_of_activities_add_up():
    store(statement())
    store(statement(object={"id": "https://example.vn/bai/1", "definition": {"name": {"en": "Lesson one"}}}))
    assert ActivityDefinition.objects.get().definition["name"] == {"vi": "Bài một", "en": "Lesson one"}


def test_who_may_not_define_changes_no_definition():
    store(statement(), by=outside_client(Scope.WRITE_STATEMENTS))
    assert not ActivityDefinition.objects.exists()


def test_who_may_not_write_is_refused():
    with pytest.raises(ForbiddenError):
        store(statement(), by=outside_client(Scope.READ_STATEMENTS))


def test_statements_about_an_account_of_this_site_are_linked_to_the_person(standing):
    an = standing.an.person
    (key, other) = store(statement(actor=learner_agent(alias_of(person=an))), statement())
    assert Statement.objects.get(pk=key).person == an
    assert Statement.objects.get(pk=other).person is None


class TestLaunch:
    @pytest.fixture
    def client(self, standing):
        launch, _token = start_launch(person=standing.an.person, activity="https://example.vn/bai/1", at=timezone.now())
        return launch_client(launch, alias_of(person=standing.an.person))

    def told(self, client, **changes):
        context = {"registration": str(client.registration)}
        return statement(**{"actor": client.actor, "context": context, **changes})

    def test_content_speaks_about_its_learner_and_activity(self, client, standing):
        part = {"id": "https://example.vn/bai/1#cau-2"}
        keys = store(self.told(client), self.told(client, object=part), by=client)
        rows = Statement.objects.filter(pk__in=keys)
        assert {row.person for row in rows} == {standing.an.person}
        assert {row.launch_id for row in rows} == {client.launch_id}

    @pytest.mark.parametrize(
        "changes",
        [
            {"actor": {"mbox": "mailto:lan@example.vn"}},
            {"object": {"id": "https://example.vn/bai/2"}},
            {"object": {"id": "https://example.vn/bai/12"}},
            {"context": None},
            {"context": {"registration": str(UUID(int=1))}},
            {"object": {"objectType": "StatementRef", "id": str(UUID(int=1))}},
            {"verb": {"id": VOIDED}, "object": {"objectType": "StatementRef", "id": str(UUID(int=1))}},
        ],
    )
    def test_content_speaks_about_nothing_else(self, client, changes):
        with pytest.raises(ForbiddenError):
            store(self.told(client, **changes), by=client)


def test_what_the_site_saw_names_the_learner_and_the_moment(standing):
    launch, _token = start_launch(person=standing.an.person, activity="https://example.vn/bai/1", at=NOW)
    forged = statement(actor={"mbox": "mailto:other@example.vn"}, timestamp="2020-01-01T00:00:00Z")
    (key,) = store_for_person(person=standing.an.person, statements=[forged], at=NOW, launch=launch)
    kept = Statement.objects.get(pk=key)
    assert kept.person == standing.an.person
    assert kept.body["actor"] == learner_agent(alias_of(person=standing.an.person))
    assert kept.body["timestamp"] == "2026-05-04T08:30:00Z"
    assert found_by(AGENT, "mailto:other@example.vn") == set()
    assert StatementTerm.objects.filter(term=registration_term(launch.registration)).exists()
