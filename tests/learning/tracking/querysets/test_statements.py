import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.tracking.actions import store_for_person
from learning.tracking.models import Statement, StatementTerm
from learning.tracking.querysets.statements import between
from tests.factories.statements import statement
from tests.learning.tracking.xapi.conftest import a_system
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(standing):
    said = {name: statement()[name] for name in ("verb", "object")}
    people = {"an": standing.an.person, "ha": standing.ha.person}
    return {
        name: store_for_person(person=person, statements=[said], at=timezone.now())[0]
        for name, person in people.items()
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [("an", {"an"}), ("ha", {"ha"}), ("chi", set()), ("dung", {"an"}), ("binh", {"an", "ha"}), ("giang", {"an", "ha"})],
)
def test_one_sees_one_s_own_and_those_of_people_where_one_may_view_learning(standing, kept, who, seen):
    found = Statement.objects.visible_to(getattr(standing, who)).values_list("pk", flat=True)
    assert {name for name, key in kept.items() if key in found} == seen


def test_nobody_sees_nothing(kept):
    assert not Statement.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("params", [{}, {"verb": "http://adlnet.gov/expapi/verbs/completed"}, {"format": "canonical"}])
def test_a_page_costs_as_many_queries_whatever_it_holds(db, params):
    system = a_system()
    system.store(statement())
    assert_constant_queries(lambda: system.find(**params), lambda: system.store(*(statement() for _ in range(40))))


def test_what_is_promised_is_asked_before_a_page_which_is_one_query(db):
    system = a_system()
    system.store(statement())
    with CaptureQueriesContext(connection) as captured:
        system.find(verb="http://adlnet.gov/expapi/verbs/completed")
    asked = [re.search(r"pg_stat_activity|tracking_statementterm|$", query["sql"])[0] for query in captured]
    promise = ["pg_stat_activity"] if connection.vendor == "postgresql" else []
    assert [name for name in asked if name] == [*promise, "tracking_statementterm"]
    assert len(captured) == len(promise) + 2  # and who asks


def test_the_bounds_of_a_page_stand_at_each_of_its_terms():
    found = StatementTerm.objects.found_by([uuid4(), uuid4(), uuid4()], between(timezone.now(), timezone.now()))
    assert [str(found.query).count(sign) for sign in (" > ", " <= ")] == [3, 3]


def test_postgresql_never_reads_terms_in_parallel():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reloptions FROM pg_class WHERE oid = 'tracking_statementterm'::regclass")
            assert cursor.fetchone() == (["parallel_workers=0"],)
