"""What several requests do at the same moment, each with a connection of its own."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from learning.tracking.actions import alias_of, merge_document, store_statements
from learning.tracking.models import Document, LearnerAlias, Statement, StatementTerm
from learning.tracking.xapi.clients import Conditions, Kind, Shelf
from learning.tracking.xapi.terms import terms_of
from tests.factories.people import PersonFactory
from tests.factories.statements import outside_client, statement

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.datetime(2026, 5, 4, 8, 30, tzinfo=datetime.UTC)
WORKERS = 6


def at_once(work):
    def alone(place):
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(alone, range(WORKERS)))


def test_the_same_batch_from_many_sides_is_stored_once():
    batch = [statement(id=str(UUID(int=place + 1))) for place in range(5)]

    def send(place):
        turned = batch[place % 5 :] + batch[: place % 5]
        return store_statements(statements=turned, by=outside_client(), at=NOW)

    at_once(send)
    assert Statement.objects.count() == 5
    assert StatementTerm.objects.count() == 5 * len(terms_of({**batch[0], "authority": outside_client().authority}))


def test_merging_from_many_sides_loses_no_field():
    shelf = Shelf(Kind.STATE, activity="https://example.vn/bai/1", agent={"mbox": "mailto:lan@example.vn"})

    def save(place):
        merge_document(shelf=shelf, document_id="x", content=json.dumps({f"field{place}": place}).encode(),
                       content_type="application/json", given=Conditions(), at=NOW)  # fmt: skip

    at_once(save)
    assert json.loads(bytes(Document.objects.get().content)) == {f"field{place}": place for place in range(WORKERS)}


def test_one_person_has_one_name():
    person = PersonFactory()
    assert len(set(at_once(lambda _place: alias_of(person=person)))) == 1
    assert LearnerAlias.objects.count() == 1
