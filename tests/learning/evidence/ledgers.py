"""A sealed ledger to try things on."""

import datetime
from contextlib import contextmanager
from dataclasses import fields

from django.db import connection

from learning.evidence.actions import seal
from learning.evidence.ledger.inspection import inspect_ledger
from learning.evidence.ledger.queue import waiting
from learning.evidence.models import Entry, Evidence, Unsealed
from tests.factories.evidence import NOW, a_fact
from tests.flushing import triggers_lifted

MINUTE = datetime.timedelta(minutes=1)


def fill(person, count, at=NOW):
    """That many facts, a minute apart, sealed at the end. Written together, as nobody else may: tests have no time."""
    rows = [_row(person, number, at + number * MINUTE) for number in range(count)]
    Evidence.objects.bulk_create(rows)
    Unsealed.objects.bulk_create(waiting(row.pk, Entry.EVIDENCE, row.recorded_at) for row in rows)
    seal(at=at + count * MINUTE)
    return rows


def _row(person, number, at):
    fact = a_fact(person, title=f"Việc số {number}", occurred_at=at)
    values = {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in ("person_id",)}
    return Evidence(person=person, recorded_at=at, **(values | {"topics": list(fact.topics)}))


def faults(**known):
    return [str(fault) for fault in inspect_ledger(**known).faults]


@contextmanager
def as_intruder():
    """Someone who may write to the database as they like: triggers do not hold them."""
    connection.check_constraints()  # PostgreSQL lifts no trigger while checks are pending
    with triggers_lifted(), connection.cursor() as cursor:
        yield cursor
        connection.check_constraints()


def key(value):
    """A UUID as the database at hand takes it."""
    return value.hex if connection.vendor == "sqlite" else value
