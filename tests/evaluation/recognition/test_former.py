"""What was decided before decisions had states, and what was issued and taken back: the sealed log bears both out."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from evaluation.recognition.actions import revoke, withdraw
from evaluation.recognition.models import Decision, SignedCopy, State, Title, Way
from evaluation.reporting import triggers
from learning.evidence.actions import begin_sealing, seal
from tests.factories.evaluation import AT, another_member, sample_criteria
from tests.factories.recognition import dossier_scored, issued, title_of
from tests.learning.evidence.ledgers import as_intruder, faults

HOUR = datetime.timedelta(hours=1)


def test_a_decision_issued_and_withdrawn_passes_and_another_reason_is_named(world):
    begin_sealing(at=AT)
    decision = issued(world, dossier_scored(world.an, world))
    seal(at=AT)
    withdraw(decision=decision, reason="Ghi nhầm tên", by=world.lan, at=AT + HOUR)
    assert faults() == []  # while it waits, too
    seal(at=AT + HOUR)
    assert faults() == []
    with as_intruder() as cursor:
        cursor.execute("UPDATE recognition_decision SET withdrawn_reason = 'Khác'")
    assert [fault.partition(": ")[2] for fault in faults()] == ["was changed after it was sealed"]


def test_a_withdrawal_that_was_undone_behind_the_doors_is_named(world):
    begin_sealing(at=AT)
    withdraw(decision=issued(world, dossier_scored(world.an, world)), reason="Nhầm", by=world.lan, at=AT + HOUR)
    seal(at=AT + HOUR)
    with as_intruder() as cursor:
        cursor.execute(
            "UPDATE recognition_decision SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawn_reason = ''"
        )
    assert [fault.partition(": ")[2] for fault in faults()] == ["was changed after it was sealed"]


@pytest.fixture
def migrate_from():
    """Takes recognition back to the migration named, and through all that follow; triggers stand as before, for SQLite
    forgets those of a table that it rebuilds."""

    def run(name):
        MigrationExecutor(connection).migrate([("recognition", name)])
        executor = MigrationExecutor(connection)
        executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "recognition"])
        triggers.install(apps.get_app_config("reporting"), connection.alias)

    return run


@pytest.mark.slow(reason="Every migration is read to go back and forth through a few.")
@pytest.mark.django_db(transaction=True)
def test_titles_from_before_stand_under_decisions_that_say_so_and_the_log_still_bears_them_out(
    standing, migrate_from, client
):
    sample_criteria()
    begin_sealing(at=AT)
    title = _as_it_was(title_of(standing.an, standing))
    taken = _as_it_was(title_of(another_member(standing.chapter, 1), standing))
    revoke(title=taken, reason="Nhầm", by=standing.lan, at=AT)
    seal(at=AT)
    assert faults() == []

    migrate_from("0004_papers_are_prepared")

    assert {(one.state, one.way, one.effective_at) for one in Decision.objects.all()} == {
        (State.IN_EFFECT, Way.FORMER, AT)
    }
    assert Title.objects.standing().get() == title
    assert faults() == []
    assert str(Way.FORMER.label) in client.get(reverse("recognition:verify", args=[title.code])).text


def _as_it_was(title):
    """Given by one press: no file, no copy, no state."""
    SignedCopy.objects.filter(decision=title.decision_id).delete()
    bare = {"paper": "", "paper_sha256": "", "bases": "", "way": "", "effective_at": None}
    Decision.objects.filter(pk=title.decision_id).update(**bare)
    return title
