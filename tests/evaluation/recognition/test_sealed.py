"""Conclusions stand in the sealed log. Someone who may write to the database as they like changes them behind every
door: each is named. What the site's own actions do passes."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.dossiers.actions import ReviewEntry, answer_appeal, decide, file_appeal, return_to_person, save_review
from evaluation.dossiers.models import Review, ScoreChange
from evaluation.recognition.actions import revoke
from evaluation.recognition.models import Decision, Title
from evaluation.recognition.seals import TITLE
from learning.evidence.actions import begin_sealing, seal
from learning.evidence.ledger.inspection import inspect_ledger
from learning.evidence.ledger.keys import key_of_later
from learning.evidence.ledger.rows import not_as_sealed
from learning.evidence.models import Entry, ErasureOrder, Leaf, Salt, Unsealed
from membership.actions import erase_person, merge_people
from tests.factories.evaluation import (
    AT,
    another_member,
    dossier_before_recogniser,
    evidence_for,
    submitted_dossier,
)
from tests.factories.recognition import title_of
from tests.laid import laid_once
from tests.learning.evidence.ledgers import as_intruder, faults, key

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
@laid_once
def title(world):
    """An's title, sealed with all that led to it; another member has one too."""
    begin_sealing(at=AT)
    title_of(another_member(world.chapter, 1), world)
    mine = title_of(world.an, world)
    seal(at=AT)
    return mine


def change(statement, *values):
    with as_intruder() as cursor:
        cursor.execute(statement, values)


def made_up_title(title, world):
    """Another member's, written past the site like that of the title's decision."""
    copied = "decision_id, unit_id, name, place, year, total, revoked_reason"
    other = another_member(world.chapter, 2)
    dossier = submitted_dossier(other)
    change(
        f"INSERT INTO recognition_title (dossier_id, person_id, identity_id, number, code, {copied})"
        f" SELECT %s, %s, %s, '09-125', 'AAAA-AAAA-AAAA', {copied} FROM recognition_title WHERE id = %s",
        dossier.pk, other.person_id, other.person_id, title.pk,
    )  # fmt: skip
    return Title.objects.latest("pk")


def entry_of(kind, row):
    """How the latest entry of the row is named."""
    keys = Leaf.objects.filter(kind=kind).order_by("-index").values_list("index", "entry_id")
    index = next(index for index, key in keys if key.int >> 80 == row)
    return f"entry {index} ({kind} {row})"


def test_a_sound_conclusion_has_no_faults(title):
    assert faults() == []
    kinds = set(Leaf.objects.values_list("kind", flat=True))
    assert kinds >= {"review", "dossier", "decision", "title", Entry.OPENING}
    assert max(len(kind) for kind in kinds) <= 8


def test_a_title_that_was_given_to_another_person_is_named(title, world):
    change("UPDATE recognition_title SET person_id = %s WHERE id = %s", world.chi.person_id, title.pk)
    assert faults() == [f"{entry_of('title', title.pk)}: was changed after it was sealed"]


@pytest.mark.parametrize("changed", ["code = 'K7MN-3HPC-XA4T'", "total = 99", "number = '99-125/QĐ-UBND'"])
def test_a_title_that_was_changed_is_named(title, changed):
    change(f"UPDATE recognition_title SET {changed} WHERE id = %s", title.pk)
    assert faults() == [f"{entry_of('title', title.pk)}: was changed after it was sealed"]


def test_a_revocation_that_was_undone_is_named(title, world):
    revoke(title=title, reason="Nhầm hồ sơ", by=world.lan, at=AT + HOUR)
    seal(at=AT + HOUR)
    assert faults() == []
    change(
        "UPDATE recognition_title SET revoked_at = NULL, revoked_by_id = NULL, revoked_reason = '' WHERE id = %s",
        title.pk,
    )
    assert faults() == [f"{entry_of('title', title.pk)}: was changed after it was sealed"]


def test_a_title_that_was_deleted_is_named(title):
    change("DELETE FROM recognition_title WHERE id = %s", title.pk)
    assert faults() == [f"{entry_of('title', title.pk)}: was deleted after it was sealed"]


def test_a_title_that_was_never_given_is_named(title, world):
    made_up = made_up_title(title, world)
    assert faults() == [f"title {made_up.pk}: was never sealed: the site did not write it"]
    assert begin_sealing(at=AT + HOUR) == 0  # what comes later is not taken up as if it had stood before
    seal(at=AT + HOUR)
    assert len(faults()) == 1


def test_a_decision_that_was_changed_deleted_or_never_signed_is_named(title):
    decision = title.decision
    change("UPDATE recognition_decision SET signer_name = 'Người khác' WHERE id = %s", decision.pk)
    assert faults() == [f"{entry_of('decision', decision.pk)}: was changed after it was sealed"]
    change("UPDATE recognition_decision SET signer_name = %s WHERE id = %s", decision.signer_name, decision.pk)
    copied = (
        "unit_id, year, signed_on, register_year, signer_name, signer_title, created_at, created_by_id, issued_at, "
        "effective_at, way, issuer, bases, paper, paper_sha256, withdrawn_reason"
    )
    change(
        f"INSERT INTO recognition_decision (number, {copied}) SELECT '77', {copied} FROM recognition_decision"
        " WHERE id = %s",
        decision.pk,
    )
    assert faults() == [f"decision {Decision.objects.latest('pk').pk}: was never sealed: the site did not write it"]


@pytest.mark.parametrize("changed", ["reason = 'Khác'", "outcome = 'returned'", "by_id = 1", "figures = '{}'"])
def test_a_review_that_was_changed_is_named(world, changed):
    begin_sealing(at=AT)
    dossier_before_recogniser(world.an, world.chi, world.dung)
    seal(at=AT)
    review = Review.objects.first()
    change(f"UPDATE dossiers_review SET {changed.replace('1', str(world.lan.pk))} WHERE id = %s", review.pk)
    assert f"{entry_of('review', review.pk)}: was changed after it was sealed" in faults()


def test_reviewed_points_that_no_body_gave_are_named_while_it_is_reviewed(world, capsys):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    begin_sealing(at=AT)
    seal(at=AT)
    score = dossier.scores.get(indicator__number=3)
    change("UPDATE dossiers_indicatorscore SET reviewed_points = 10 WHERE id = %s", score.pk)
    assert faults() == [f"dossier {dossier.pk}: indicator 3 stands at 10.0, which no body gave"]


def test_what_a_body_gives_with_its_reason_passes(world):
    dossier = submitted_dossier(world.an)
    begin_sealing(at=AT)
    assert faults() == []
    save_review(dossier=dossier, entries=[ReviewEntry(3, 6, "Chưa đủ minh chứng")], by=world.chi, at=AT)
    seal(at=AT)
    assert faults() == []
    change("UPDATE dossiers_scorechange SET reason = 'Khác'")
    assert faults() == [f"{entry_of('change', ScoreChange.objects.get().pk)}: was changed after it was sealed"]


def test_a_figure_that_a_body_takes_back_passes_and_one_put_in_its_place_is_named(world):
    dossier = submitted_dossier(world.an)
    begin_sealing(at=AT)
    save_review(dossier=dossier, entries=[ReviewEntry(3, Decimal(6), "Chưa đủ")], by=world.chi, at=AT)
    back = ReviewEntry(3, None, "Xem lại", seen=Decimal(6))
    save_review(dossier=dossier, entries=[back], by=world.chi, at=AT + HOUR)
    seal(at=AT + HOUR)
    assert faults() == []
    change("UPDATE dossiers_indicatorscore SET reviewed_points = 6 WHERE reviewed_points IS NULL AND self_points = 8")
    assert f"dossier {dossier.pk}: indicator 3 stands at 6.0, which no body gave" in faults()


def test_reviewed_points_and_frozen_figures_of_a_decided_dossier_are_named_by_both_commands(title, capsys):
    dossier, score = title.dossier, title.dossier.scores.get(indicator__number=3)
    call_command("replay_dossiers")
    change("UPDATE dossiers_indicatorscore SET reviewed_points = 9 WHERE id = %s", score.pk)
    said = f"dossier {dossier.pk}: indicator 3 stands at 9.0, which no body gave"
    assert faults() == [said]
    with pytest.raises(CommandError):
        call_command("replay_dossiers")
    assert said in capsys.readouterr().err
    change("UPDATE dossiers_indicatorscore SET reviewed_points = %s WHERE id = %s", score.reviewed_points, score.pk)
    change("UPDATE dossiers_dossier SET decided_at = %s WHERE id = %s", AT - HOUR, dossier.pk)
    assert faults() == [f"{entry_of('dossier', dossier.pk)}: was changed after it was sealed"]
    with pytest.raises(CommandError):
        call_command("replay_dossiers")
    assert f"dossier {dossier.pk}: was changed after it was sealed" in capsys.readouterr().err


def test_what_a_granted_appeal_opened_again_leaves_nothing_to_try_words_on_once_erased(world):
    begin_sealing(at=AT)
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    seal(at=AT)
    entry = Leaf.objects.get(kind="dossier").entry_id
    appeal = file_appeal(dossier=dossier, reason="Tôi có thêm minh chứng", by=world.an, at=AT + HOUR)
    answer_appeal(appeal=appeal, is_granted=True, answer="Xem lại", by=world.giang, at=AT + 2 * HOUR)
    seal(at=AT + 2 * HOUR)
    erase_person(person=world.an.person, by=world.dung, at=AT + 3 * HOUR)
    assert not Salt.objects.filter(entry_id=entry).exists()
    seal(at=AT + 3 * HOUR)
    assert faults() == []


def test_an_entry_that_was_put_back_into_the_queue_excuses_nothing_and_is_named(world, title):
    """Its voucher is genuine: the site made it when the row was first sealed."""
    begin_sealing(at=AT)
    another = title_of(another_member(world.chapter, 2), world)
    kept = Unsealed.objects.get(kind="title")
    seal(at=AT)
    kept.save(force_insert=True)
    change("UPDATE recognition_title SET total = 99 WHERE id = %s", another.pk)
    assert faults() == [
        f"{entry_of('title', another.pk)}: was changed after it was sealed",
        f"title {another.pk}: waits to be sealed, yet is in the log already: somebody put it back into the queue",
    ]
    assert not_as_sealed("title", [another.pk]) == {another.pk: "was changed after it was sealed"}


def test_a_refusal_an_appeal_and_a_return_pass(world):
    begin_sealing(at=AT)
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    seal(at=AT)
    appeal = file_appeal(dossier=dossier, reason="Tôi có thêm minh chứng", by=world.an, at=AT + HOUR)
    answer_appeal(appeal=appeal, is_granted=True, answer="Xem lại", by=world.giang, at=AT + 2 * HOUR)
    seal(at=AT + 2 * HOUR)
    returned = submitted_dossier(another_member(world.chapter, 3))
    return_to_person(dossier=returned, reason="Bổ sung", by=world.chi, at=AT + 3 * HOUR)
    seal(at=AT + 3 * HOUR)
    assert faults() == []
    change("UPDATE dossiers_dossier SET state = 'not_recognised', decided_at = %s WHERE id = %s", AT, dossier.pk)
    assert f"{entry_of('dossier', dossier.pk)}: was changed after it was sealed" in faults()


def test_a_merge_passes_and_one_that_was_made_up_is_named(title, world):
    into = another_member(world.chapter, 2).person
    merge_people(duplicate=title.person, into=into, by=world.dung, at=AT + HOUR)
    seal(at=AT + HOUR)
    assert faults() == []
    assert Title.objects.get(pk=title.pk).person == into
    made_up = another_member(world.chapter, 3).person
    change("UPDATE membership_person SET merged_into_id = %s WHERE id = %s", into.pk, made_up.pk)
    assert faults() == [f"merge {made_up.pk}: was never sealed: the site did not write it"]
    change("UPDATE membership_person SET merged_into_id = %s WHERE id = %s", into.pk, title.person_id)
    change("UPDATE membership_person SET merged_into_id = NULL WHERE id = %s", made_up.pk)
    change("UPDATE membership_person SET merged_into_id = NULL WHERE id = %s", title.person_id)
    assert faults() == [f"{entry_of('merge', title.person_id)}: was changed after it was sealed"]


def test_an_erasure_passes_and_leaves_nothing_to_try_words_on(title, world):
    revoke(title=title, reason="Nhầm hồ sơ", by=world.lan, at=AT + HOUR)
    seal(at=AT + HOUR)
    rows = {"title": title.pk, "dossier": title.dossier_id}
    before = Leaf.objects.filter(kind__in=rows).values_list("kind", "entry_id")
    own = [key for kind, key in before if key.int >> 80 == rows[kind]]
    assert own
    erase_person(person=title.person, by=world.dung, at=AT + 2 * HOUR)
    assert faults() == []  # while it waits, too
    assert not Salt.objects.filter(entry_id__in=own).exists()
    seal(at=AT + 2 * HOUR)
    assert faults() == []
    change("UPDATE recognition_title SET total = 100 WHERE id = %s", title.pk)
    assert faults() == [f"{entry_of('title', title.pk)}: was changed after it was sealed"]


def test_an_erasure_order_that_nobody_gave_is_named(title, world):
    change(
        "INSERT INTO evidence_erasureorder (person_id, ordered_at, ordered_by_id) VALUES (%s, %s, %s)",
        title.person_id, AT, world.dung.pk,
    )  # fmt: skip
    assert faults() == [f"order {ErasureOrder.objects.get().pk}: was never sealed: the site did not write it"]


def test_what_stood_before_is_taken_up_once_and_said_to_be_sealed_later(world):
    title = title_of(world.an, world)
    Unsealed.objects.all().delete()  # as it was before conclusions were sealed
    assert inspect_ledger().faults == []
    kinds = {"review", "change", "dossier", "decision", "title", "merge", "order", "decree", "unit", "link"}
    assert set(inspect_ledger().unbegun) == kinds

    taken = begin_sealing(at=AT + HOUR)
    assert taken == Review.objects.count() + ScoreChange.objects.count() + 3  # dossier, decision, title
    assert begin_sealing(at=AT + HOUR) == 0
    seal(at=AT + HOUR)

    findings = inspect_ledger()
    assert (findings.faults, findings.unbegun, findings.later) == ([], [], taken)
    change("UPDATE recognition_title SET total = 99 WHERE id = %s", title.pk)
    assert faults() == [f"{entry_of('title', title.pk)}: was changed after it was sealed"]


def test_taking_up_goes_on_where_it_stopped(world):
    title_of(world.an, world)
    assert begin_sealing(at=AT) == 0  # everything waits already
    Unsealed.objects.filter(kind__in=["title", Entry.OPENING]).delete()
    assert begin_sealing(at=AT) == 1
    seal(at=AT)
    assert faults() == []


def test_what_was_taken_up_while_somebody_hid_that_this_was_over_is_named(title, world):
    """The intruder takes the entry that says so out of the log, has the site take up a title of theirs, and puts it
    back: every row is then as it was, and the title is sealed by the site's own key."""
    opening = Leaf.objects.get(entry_id=key_of_later(0, TITLE.number))
    change("DELETE FROM evidence_leaf WHERE entry_id = %s", key(opening.entry_id))
    made_up = made_up_title(title, world)
    assert begin_sealing(at=AT + HOUR) == 1
    Unsealed.objects.filter(kind=Entry.OPENING).delete()
    opening.save(force_insert=True)
    said = "was taken up as if it had stood before its kind was sealed, after the log says that all such had been"
    assert faults() == [f"title {made_up.pk}: {said}"]
    seal(at=AT + HOUR)
    assert faults() == [f"{entry_of('title', made_up.pk)}: {said}"]


def test_nobody_is_vouched_for_by_hiding_that_sealing_began(title, world):
    smuggled = evidence_for(world.an.person)
    Unsealed.objects.create(entry_id=smuggled.pk, kind=Entry.EVIDENCE, recorded_at=AT)
    change("DELETE FROM evidence_leaf WHERE entry_id = %s", key(key_of_later(0, 0)))
    begin_sealing(at=AT + HOUR)
    seal(at=AT + HOUR)
    assert not Leaf.objects.filter(entry_id=smuggled.pk).exists()


def test_sealing_asks_no_more_for_more_titles(title, world):
    def asked(numbers):
        for number in numbers:
            title_of(another_member(world.chapter, number), world)
        with CaptureQueriesContext(connection) as queries:
            seal(at=AT + HOUR)
        return len(queries)

    assert asked([4]) == asked([5, 6, 7])
