from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import (
    ReviewEntry,
    ReviewRefusedError,
    accept_own_scores,
    decide,
    forward,
    return_to_person,
    review_score,
    save_review,
    submit,
)
from evaluation.dossiers.actions.guards import RefusedError, SealedError, StaleError
from evaluation.dossiers.models import Dossier, ScoreChange
from learning.evidence.actions import withdraw
from learning.evidence.kinds import Kind
from membership.models import Role
from tests.factories.evaluation import (
    AT,
    another_member,
    dossier_before_recogniser,
    draft_dossier,
    evidence_for,
    sample_criteria,
    submitted_dossier,
    write_one,
)
from tests.factories.people import grant
from tests.laid import laid_once


@pytest.fixture
@laid_once
def dossier(standing):
    sample_criteria()
    return submitted_dossier(standing.an)


def review(dossier, by, number=1, points="8", reason=""):
    return review_score(dossier=dossier, indicator_number=number, points=Decimal(points), reason=reason, by=by, at=AT)


def test_agreeing_needs_no_reason(standing, dossier):
    assert review(dossier, standing.chi).reviewed_points == Decimal(8)
    assert not ScoreChange.objects.exists()


def test_another_figure_needs_a_reason_and_leaves_the_persons_own(standing, dossier):
    with pytest.raises(RefusedError):
        review(dossier, standing.chi, points="6")
    score = review(dossier, standing.chi, points="6", reason="Chưa có minh chứng")
    assert (score.self_points, score.reviewed_points) == (Decimal(8), Decimal(6))
    change = ScoreChange.objects.get()
    assert (change.before, change.after, change.by) == (Decimal(8), Decimal(6), standing.chi)


def test_reviewing_the_same_twice_changes_nothing(standing, dossier):
    review(dossier, standing.chi, points="6", reason="Chưa có minh chứng")
    review(dossier, standing.chi, points="6")
    assert ScoreChange.objects.count() == 1


def test_a_later_body_needs_a_reason_to_differ_from_an_earlier_one(standing, dossier):
    review(dossier, standing.chi, points="6", reason="Chưa có minh chứng")
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    forward(dossier=dossier, by=standing.chi, at=AT)
    with pytest.raises(RefusedError):
        review(dossier, standing.dung, points="8")
    review(dossier, standing.dung, points="8", reason="Đã xem bản gốc")
    assert [change.before for change in ScoreChange.objects.all()] == [Decimal(8), Decimal(6)]


@pytest.mark.parametrize("points", ["-1", "10.5", "7.3"])
def test_points_outside_the_scale_are_refused(standing, dossier, points):
    with pytest.raises(RefusedError):
        review(dossier, standing.chi, points=points, reason="Vì sao")


@pytest.mark.parametrize("name", ["an", "binh", "dung", "lan", "giang", "minh", "ha"])
def test_only_the_body_it_waits_at_reviews(standing, dossier, name):
    with pytest.raises(PermissionDenied):
        review(dossier, getattr(standing, name))
    with pytest.raises(PermissionDenied):
        accept_own_scores(dossier=dossier, by=getattr(standing, name), at=AT)
    with pytest.raises(PermissionDenied):
        return_to_person(dossier=dossier, reason="Thiếu", by=getattr(standing, name), at=AT)


def test_nobody_reviews_their_own(standing):
    sample_criteria()
    own = submitted_dossier(standing.chi)
    with pytest.raises(PermissionDenied):
        review(own, standing.chi)


def test_own_dossier_of_the_only_officer_is_served_by_the_next_body_up(standing):
    sample_criteria()
    own = submitted_dossier(standing.chi)
    accept_own_scores(dossier=own, by=standing.dung, at=AT)
    assert forward(dossier=own, by=standing.dung, at=AT).current_step.order == 2


def test_nobody_acts_twice_in_different_bodies(standing, dossier):
    grant(standing.chi, Role.COMMUNE_OFFICER, standing.association)
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    forward(dossier=dossier, by=standing.chi, at=AT)
    with pytest.raises(PermissionDenied):
        review(dossier, standing.chi)
    review(dossier, standing.dung)


def test_a_chapter_without_officers_is_served_by_its_association_through_someone_else_than_in_its_own_step(standing):
    sample_criteria()
    served = submitted_dossier(another_member(standing.other_chapter, 1))
    with pytest.raises(PermissionDenied):
        review(served, standing.chi)
    accept_own_scores(dossier=served, by=standing.dung, at=AT)
    forward(dossier=served, by=standing.dung, at=AT)
    with pytest.raises(PermissionDenied):
        forward(dossier=served, by=standing.dung, at=AT)
    assert forward(dossier=served, by=standing.lan, at=AT).current_step.recognises


def test_forwarding_needs_every_indicator_reviewed(standing, dossier):
    review(dossier, standing.chi)
    with pytest.raises(RefusedError, match="2, 3, 4, 5, 6, 7, 8, 9, 10"):
        forward(dossier=dossier, by=standing.chi, at=AT)


def test_forwarding_passes_through_the_bodies_in_order(standing, dossier):
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    forward(dossier=dossier, by=standing.chi, at=AT)
    assert dossier.current_unit == standing.association
    forward(dossier=dossier, by=standing.dung, at=AT)
    assert dossier.current_unit == standing.commune
    with pytest.raises(RefusedError):
        forward(dossier=dossier, by=standing.lan, at=AT)


def test_returning_needs_a_reason_and_lets_the_person_write_again(standing, dossier):
    with pytest.raises(RefusedError):
        return_to_person(dossier=dossier, reason=" ", by=standing.chi, at=AT)
    return_to_person(dossier=dossier, reason="Bổ sung minh chứng chỉ số 3", by=standing.chi, at=AT)
    assert (dossier.state, dossier.current_step) == (Dossier.State.RETURNED, None)
    assert dossier.reviews.get().reason == "Bổ sung minh chứng chỉ số 3"


def test_resubmitting_keeps_what_was_reviewed_but_where_the_person_changed_their_figure(standing, dossier):
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    return_to_person(dossier=dossier, reason="Xem lại chỉ số 3", by=standing.chi, at=AT)
    write_one(dossier, 3, standing.an, points=Decimal(7))
    submit(dossier=dossier, by=standing.an, at=AT)
    reviewed = dict(dossier.scores.values_list("indicator__number", "reviewed_points"))
    assert dossier.current_step.order == 1
    assert reviewed.pop(3) is None
    assert set(reviewed.values()) == {Decimal(8)}


def test_a_stale_copy_is_refused(standing, dossier):
    stale = Dossier.objects.get(pk=dossier.pk)
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    forward(dossier=dossier, by=standing.chi, at=AT)
    with pytest.raises(StaleError):
        return_to_person(dossier=stale, reason="Thiếu", by=standing.chi, at=AT)


def test_of_two_reviewers_the_second_is_told_and_saves_nothing(standing, dossier):
    review(dossier, standing.chi, points="6", reason="Chưa có minh chứng")
    entries = [ReviewEntry(1, Decimal(9), "Đã xem", seen=None), ReviewEntry(2, Decimal(8))]
    with pytest.raises(ReviewRefusedError) as refused:
        save_review(dossier=dossier, entries=entries, by=standing.chi, at=AT)
    assert set(refused.value.by_indicator) == {1}
    assert dossier.scores.get(indicator__number=2).reviewed_points is None


def test_several_figures_are_saved_at_once(standing, dossier):
    entries = [ReviewEntry(1, Decimal(9), "Đã xem"), ReviewEntry(2, Decimal(8))]
    save_review(dossier=dossier, entries=entries, by=standing.chi, at=AT)
    assert dossier.scores.get(indicator__number=1).reviewed_points == Decimal(9)


def at_recogniser(standing, points="8"):
    sample_criteria()
    return dossier_before_recogniser(standing.an, standing.chi, standing.dung, points=points)


def test_deciding_seals_and_freezes_what_it_rests_on(standing, django_capture_on_commit_callbacks):
    dossier = at_recogniser(standing)
    with django_capture_on_commit_callbacks(execute=True):
        decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT)
    assert (dossier.state, dossier.decided_at) == (Dossier.State.RECOGNISED, AT)
    frozen = Dossier.objects.get(pk=dossier.pk).frozen
    assert frozen["criteria"]["version"] == "2025.1"
    assert [row["reviewed"] for row in frozen["indicators"]] == ["8.0"] * 10
    assert frozen["verdict"] == {"total": "80.0", "is_passed": True}
    assert frozen["rules"]
    with pytest.raises(SealedError):
        review(dossier, standing.lan)
    with pytest.raises(SealedError):
        write_one(dossier, 1, standing.an, points=Decimal(9))
    with pytest.raises(SealedError):
        decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT)


def test_what_was_taken_back_is_not_frozen_as_attached(standing):
    sample_criteria()
    told = {"kind": Kind.DECLARATION, "source": "self", "verification": "none"}
    kept, mistaken = (evidence_for(standing.an.person, **told) for _number in range(2))
    dossier = draft_dossier(standing.an)
    write_one(dossier, 4, standing.an, evidence=frozenset({kept.pk, mistaken.pk}))
    submit(dossier=dossier, by=standing.an, at=AT)
    for officer in (standing.chi, standing.dung):
        accept_own_scores(dossier=dossier, by=officer, at=AT)
        forward(dossier=dossier, by=officer, at=AT)
    withdraw(evidence=mistaken, reason="Nhầm", by=standing.an, at=AT)  # the task that follows has not run yet
    decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT)
    frozen = Dossier.objects.get(pk=dossier.pk).frozen
    assert frozen["indicators"][3]["attached"] == [str(kept.pk)]
    assert [row["id"] for row in frozen["evidence"]] == [str(kept.pk)]


def test_what_does_not_pass_is_not_recognised_but_can_be_refused_with_a_reason(standing):
    dossier = at_recogniser(standing, points="7.5")
    with pytest.raises(RefusedError):
        decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT)
    with pytest.raises(RefusedError):
        decide(dossier=dossier, is_recognised=False, reason="", by=standing.lan, at=AT)
    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ điểm", by=standing.lan, at=AT)
    assert dossier.state == Dossier.State.NOT_RECOGNISED


def test_only_the_recogniser_decides_and_only_at_their_step(standing, dossier):
    with pytest.raises(PermissionDenied):
        decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT)
    with pytest.raises(RefusedError):
        decide(dossier=dossier, is_recognised=True, reason="", by=standing.chi, at=AT)


def test_the_audit_log_holds_ids_only(standing):
    dossier = at_recogniser(standing)
    entries = ModelLogEntry.objects.filter(action__startswith="dossiers.")
    assert {entry.action for entry in entries} >= {"dossiers.open", "dossiers.submit", "dossiers.forward"}
    assert all(
        entry.label == f"{dossier.person_id}/{dossier.year}" for entry in entries.exclude(action="dossiers.load_chain")
    )


def test_what_a_body_gave_before_it_returned_the_dossier_is_its_own_to_take_back(standing, dossier):
    accept_own_scores(dossier=dossier, by=standing.chi, at=AT)
    return_to_person(dossier=dossier, reason="Bổ sung", by=standing.chi, at=AT)
    submit(dossier=dossier, by=standing.an, at=AT)
    save_review(dossier=dossier, entries=[ReviewEntry(1, None, seen=Decimal(8))], by=standing.chi, at=AT)
    assert dossier.scores.get(indicator__number=1).reviewed_points is None
