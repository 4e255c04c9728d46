"""The statement over all says what the function says of each. Runs on the database that DATABASE_URL names."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.criteria.bulk import Program, Range, scored
from evaluation.criteria.bulk.sql import Sql
from evaluation.criteria.models.scores import TenthsField
from evaluation.criteria.scoring import EvidenceItem, Rule, suggest
from learning.evidence.models import Evidence
from tests.evaluation.criteria.strategies import KINDS, MAXIMA, STEP, YEAR, items, rule_lists
from tests.factories.evaluation import AT
from tests.factories.people import PersonFactory

ZONE = datetime.timezone(datetime.timedelta(hours=7))
in_database = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def evidence_of(person, item, **values):
    hour = int(item.key[:2], 16) % 24  # any hour of the day in Viet Nam
    defaults = {
        "id": uuid.UUID(item.key),
        "kind": item.kind,
        "title": item.title,
        "occurred_at": datetime.datetime.combine(item.occurred_on, datetime.time(hour), tzinfo=ZONE),
        "recorded_at": AT,
        "score": item.score,
        "page_key": uuid.UUID(item.page_key) if item.page_key else None,
        "topics": list(item.topics),
        "source": "system",
        "verification": item.verification,
        "entered_by": "own_account",
        "details": {"issuer": item.issuer} if item.issuer else {},
        "source_key": item.key,
    }
    return Evidence(person=person, **{**defaults, **values})


def in_one_statement(rules, people):
    program = Program(tuple(rules), tuple(MAXIMA.items()), STEP)
    keys = [person.pk for person in people]
    rows = Sql(f"SELECT id AS person_id, 1 AS unit_id, 1 AS set_id FROM membership_person WHERE id IN {(*keys, 0, 0)}")
    statement = scored(program, YEAR, rows, Range(min(keys), max(keys)))
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return {row[0]: (TenthsField().to_python(row[3]), row[4]) for row in cursor.fetchall()}


def one_by_one(rules, items):
    points = [one.points for one in suggest(items, rules, MAXIMA, STEP).values()]
    tenths = [None if value is None else int(value * 10) for value in points]
    return tenths, sum(value or 0 for value in tenths)


@pytest.mark.django_db
@in_database
@given(items, items, rule_lists(), st.data())
def test_all_at_once_and_one_by_one_agree(first_items, second_items, rules, data):
    superseded = data.draw(st.sets(st.sampled_from(first_items), max_size=2)) if first_items else set()
    with transaction.atomic():
        people = [PersonFactory(code=uuid.uuid4().hex[:12]) for _number in range(3)]
        keyed = {item.key for item in first_items}
        second_items = [item for item in second_items if item.key not in keyed]
        rows = [evidence_of(people[0], item) for item in first_items]
        rows += [evidence_of(people[1], item) for item in second_items]
        rows += [_correction(people[0], item) for item in superseded]
        Evidence.objects.bulk_create(rows)
        at_once = in_one_statement(rules, people)
        transaction.set_rollback(True)
    standing = [item for item in first_items if item not in superseded]
    assert at_once[people[0].pk] == one_by_one(rules, standing)
    assert at_once[people[1].pk] == one_by_one(rules, second_items)
    assert at_once[people[2].pk] == one_by_one(rules, [])


def _correction(person, item):
    """Says something that no rule counts in place of the item."""
    key = uuid.uuid5(uuid.NAMESPACE_OID, item.key)
    values = {"id": key, "kind": "observation", "page_key": None, "topics": [], "source_key": str(key)}
    return evidence_of(person, item, supersedes_id=uuid.UUID(item.key), **values)


@pytest.mark.django_db
def test_more_rules_than_one_whole_number_has_bits():
    person = PersonFactory()
    item = _course()
    Evidence.objects.bulk_create([evidence_of(person, item)])
    rules = [_rule(place) for place in range(70)]
    assert in_one_statement(rules, [person])[person.pk] == one_by_one(rules, [item])


def _course():
    return EvidenceItem(str(uuid.uuid4()), KINDS[0], "Khóa", datetime.date(YEAR, 5, 4), "none")


def _rule(place):
    return Rule(place, 1 + place % 3, KINDS[0], Decimal("0.1"), Decimal("0.1"))
