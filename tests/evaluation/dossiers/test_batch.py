import pytest

from evaluation.dossiers.actions import BatchEntry, Verdict, review_batch
from evaluation.dossiers.models import Dossier, Review, ReviewStep
from tests.factories.evaluation import AT, another_member, dossier_before_recogniser, evidence_for, submitted_dossier
from tests.laid import laid_once


@pytest.fixture
@laid_once
def waiting(world):
    return [submitted_dossier(another_member(world.chapter, number)) for number in range(4)]


def test_each_row_is_done_or_refused_by_itself(world, waiting):
    own = submitted_dossier(world.chi)
    entries = [
        BatchEntry(waiting[0], Verdict.FORWARD),
        BatchEntry(waiting[1], Verdict.RETURN, "Bổ sung minh chứng"),
        BatchEntry(waiting[2], Verdict.RETURN, ""),
        BatchEntry(own, Verdict.FORWARD),
    ]
    results = review_batch(entries=entries, by=world.chi, at=AT, seconds=60)
    assert [result.is_done for result in results] == [True, True, False, False]
    states = [Dossier.objects.get(pk=entry.dossier.pk).state for entry in entries]
    assert states == ["in_review", "returned", "in_review", "in_review"]
    assert set(Review.objects.values_list("seconds", flat=True)) == {15}


def test_twice_is_refused_the_second_time(world, waiting):
    entries = [BatchEntry(Dossier.objects.get(pk=row.pk), Verdict.FORWARD) for row in waiting]
    again = [BatchEntry(Dossier.objects.get(pk=row.pk), Verdict.FORWARD) for row in waiting]
    assert all(result.is_done for result in review_batch(entries=entries, by=world.chi, at=AT))
    assert not any(result.is_done for result in review_batch(entries=again, by=world.chi, at=AT))
    assert Review.objects.count() == 4


def test_far_from_the_evidence_needs_a_look_of_its_own(world):
    """The chapter may differ by five points without a reason: eight own points against what one course suggests."""
    ReviewStep.objects.filter(order=1).update(reason_over=5)
    person = another_member(world.chapter, 1)
    evidence_for(person.person)
    dossier = submitted_dossier(person)
    far = dossier.scores.filter(suggested_points__lt=3).count()
    assert far > 0
    result = review_batch(entries=[BatchEntry(dossier, Verdict.FORWARD)], by=world.chi, at=AT)[0]
    assert not result.is_done
    assert Dossier.objects.get(pk=dossier.pk).current_step.order == 1


def test_the_page_does_what_was_said_and_keeps_what_was_refused(world, waiting, client):
    client.force_login(world.chi)
    page = client.get("/danh-gia/nhieu-ho-so/").content.decode()
    assert all(row.person.full_name in page for row in waiting)
    said = {f"step-{row.pk}": row.current_step_id for row in waiting}
    said |= {f"verdict-{waiting[0].pk}": "forward", f"verdict-{waiting[1].pk}": "return"}
    refused = client.post("/danh-gia/nhieu-ho-so/", said)
    assert refused.status_code == 200
    assert b"batch__refused" in refused.content
    assert Dossier.objects.get(pk=waiting[0].pk).current_step.order == 2
    said[f"reason-{waiting[1].pk}"] = "Bổ sung"
    done = client.post("/danh-gia/nhieu-ho-so/", said)
    assert done.status_code == 302
    assert Dossier.objects.get(pk=waiting[1].pk).state == "returned"


def test_the_recognisers_batch_agrees_and_leaves_deciding_to_the_list(world, client):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    client.force_login(world.lan)
    page = client.get("/danh-gia/nhieu-ho-so/").content.decode()
    assert 'value="agree"' in page
    assert 'value="forward"' not in page
    said = {f"step-{dossier.pk}": dossier.current_step_id, f"verdict-{dossier.pk}": "agree"}
    assert client.post("/danh-gia/nhieu-ho-so/", said).status_code == 302


def test_a_dossier_out_of_reach_is_not_touched(world, waiting, client):
    client.force_login(world.ha)
    client.post("/danh-gia/nhieu-ho-so/", {f"verdict-{waiting[0].pk}": "forward"})
    assert not Review.objects.exists()
