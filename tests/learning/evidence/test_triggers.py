"""The database refuses by itself, whichever it is."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from learning.evidence.actions import record
from learning.evidence.models import (
    Checkpoint,
    Erasure,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Leaf,
    LedgerKey,
    Node,
    Salt,
)
from tests.factories.evidence import NOW, a_fact
from tests.factories.people import standing_people
from tests.learning.evidence.ledgers import fill


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_every_update_is_refused(standing):
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)

    refused(lambda: Evidence.objects.filter(pk=evidence.pk).update(title="Khác"))
    refused(lambda: evidence.save())

    assert Evidence.objects.get().title == evidence.title


def test_update_is_refused_even_with_an_erasure_order(standing):
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)
    ErasureOrder.objects.create(person=standing.an.person, ordered_at=timezone.now(), ordered_by=standing.dung)

    refused(lambda: Evidence.objects.filter(pk=evidence.pk).update(title="Khác"))


def test_delete_is_refused_without_an_erasure_order(standing):
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)

    refused(lambda: evidence.delete())
    refused(lambda: Evidence.objects.all().delete())

    assert Evidence.objects.count() == 1


def test_an_erasure_order_opens_one_persons_rows_only(standing):
    mine = record(fact=a_fact(standing.an.person), by=None, at=NOW)
    others = record(fact=a_fact(standing.chi.person), by=None, at=NOW)
    ErasureOrder.objects.create(person=standing.an.person, ordered_at=NOW, ordered_by=standing.dung)

    Evidence.objects.filter(pk=mine.pk).delete()

    refused(lambda: others.delete())
    assert list(Evidence.objects.all()) == [others]


def test_truncate_is_refused_on_postgresql(standing):
    record(fact=a_fact(standing.an.person), by=None, at=NOW)
    if connection.vendor != "postgresql":
        return  # SQLite knows no TRUNCATE: an unqualified DELETE fires the row trigger
    connection.check_constraints()  # or pending checks of foreign keys would refuse it first

    refused(lambda: connection.cursor().execute("TRUNCATE evidence_evidence CASCADE"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "after its flush"])
def test_emptying_between_tests_lifts_the_triggers_and_lays_them_and_the_page_tree_again(time):
    """Run twice: the second time after the flush of the first."""
    standing = standing_people()
    evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)

    assert Page.get_first_root_node() is not None
    refused(lambda: evidence.delete())
    refused(lambda: evidence.save())


@pytest.mark.parametrize("model", [Leaf, Node, Checkpoint, LedgerKey, Erasure, ErasureOrder, EvidenceFile, Salt])
def test_the_log_is_only_appended_to(standing, model):
    rows = fill(standing.an.person, 256)
    Erasure.objects.create(recorded_at=NOW, leaves=[])
    ErasureOrder.objects.create(person=standing.chi.person, ordered_at=NOW, ordered_by=standing.dung)
    EvidenceFile.objects.create(evidence=rows[0], file="x.pdf", name="x.pdf", content_type="x", size=1, sha256="x")
    changed = next(field.name for field in model._meta.concrete_fields if not field.primary_key)

    refused(lambda: model.objects.update(**{changed: getattr(model.objects.first(), changed)}))
    refused(lambda: model.objects.all()._raw_delete(model.objects.db))

    assert model.objects.exists()
