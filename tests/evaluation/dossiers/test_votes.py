"""A body's vote decides: on the way up, at the body that recognises, on its pages and in its minutes."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.dossiers.actions import (
    ReviewEntry,
    Vote,
    accept_own_scores,
    call_meeting,
    close_meeting,
    decide,
    file_appeal,
    forward,
    not_propose,
    recognise_many,
    return_to_person,
    save_review,
    submit,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Dossier, Review, ReviewStep
from evaluation.dossiers.readiness import Obstacle
from membership.models import TargetGroup
from tests.factories.evaluation import AT, another_member, dossier_before_recogniser, submitted_dossier
from tests.laid import laid_once

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def members(world):
    return [another_member(world.chapter, number).person for number in range(1, 4)]


@pytest.fixture
@laid_once
def dossier(world):
    """At the chapter, agreed with; its chain asks for no meeting."""
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    return dossier


def met(dossier, by, chair, others, at=AT + HOUR, **vote):
    meeting = call_meeting(
        step=dossier.current_step, unit=dossier.current_unit, held_at=AT, place="Nhà văn hóa", chair=chair,
        secretary=others[0], invited=others, dossiers=[dossier], by=by, at=AT,
    )  # fmt: skip
    votes = {dossier.pk: Vote(**vote)}
    return close_meeting(meeting=meeting, present=[chair, *others], votes=votes, notes="", by=by, at=at)


def voted_down(world, dossier, members):
    return met(dossier, world.chi, world.chi.person, members, against=4)


def test_what_a_meeting_voted_down_goes_nowhere(world, dossier, members):
    line = voted_down(world, dossier, members).lines.get()
    assert (line.votes_for, line.votes_against, line.result) == (0, 4, "lost")
    with pytest.raises(RefusedError, match=r"0 .* 4"):
        forward(dossier=dossier, by=world.chi, at=AT + 2 * HOUR)
    assert Dossier.objects.with_obstacle().get().obstacle == "voted_down"


def test_a_later_meeting_may_agree(world, dossier, members):
    voted_down(world, dossier, members)
    met(dossier, world.chi, world.chi.person, members, at=AT + 2 * HOUR, against=1)
    assert forward(dossier=dossier, by=world.chi, at=AT + 3 * HOUR).current_step.order == 2


def test_returned_and_handed_in_again_it_begins_anew(world, dossier, members):
    voted_down(world, dossier, members)
    return_to_person(dossier=dossier, reason="Bổ sung", by=world.chi, at=AT + 2 * HOUR)
    submit(dossier=dossier, by=world.an, at=AT + 3 * HOUR)
    assert Dossier.objects.with_obstacle().get().obstacle == ""


def test_not_proposed_closes_it_with_its_reason_and_leaves_the_appeal(world, dossier, members):
    with pytest.raises(RefusedError):
        not_propose(dossier=dossier, reason="Không đủ căn cứ", by=world.chi, at=AT + HOUR)
    voted_down(world, dossier, members)
    with pytest.raises(RefusedError):
        not_propose(dossier=dossier, reason=" ", by=world.chi, at=AT + 2 * HOUR)
    not_propose(dossier=dossier, reason="Không đủ căn cứ", by=world.chi, at=AT + 2 * HOUR)
    review = dossier.reviews.get()
    assert (dossier.state, review.outcome, review.reason) == ("not_recognised", "not_proposed", "Không đủ căn cứ")
    assert review.meeting is not None
    assert dossier.frozen["verdict"]["is_passed"]
    assert file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT + 3 * HOUR).is_open


def test_where_the_chain_says_that_votes_are_only_noted_they_decide_nothing(world, dossier, members):
    ReviewStep.objects.filter(order=1).update(majority_percent=None)
    dossier.refresh_from_db()
    assert voted_down(world, dossier, members).lines.get().result == "noted"
    assert forward(dossier=dossier, by=world.chi, at=AT + 2 * HOUR).current_step.order == 2


def test_a_vote_decides_at_the_body_that_recognises_too(world):
    dossiers = [dossier_before_recogniser(person, world.chi, world.dung)
                for person in (world.an, another_member(world.chapter, 8))]  # fmt: skip
    others = [another_member(world.commune, number).person for number in (5, 6)]
    against, agreed = dossiers
    met(against, world.lan, world.lan.person, others, against=3)
    met(agreed, world.lan, world.lan.person, others)
    for attempt in (
        lambda: decide(dossier=against, is_recognised=True, reason="", by=world.lan, at=AT + 2 * HOUR),
        lambda: recognise_many(dossiers=[against.pk, agreed.pk], by=world.lan, at=AT + 2 * HOUR),
        lambda: decide(dossier=agreed, is_recognised=False, reason="Không", by=world.lan, at=AT + 2 * HOUR),
    ):
        with pytest.raises(RefusedError):
            attempt()
    decide(dossier=against, is_recognised=False, reason="Cuộc họp không đồng ý", by=world.lan, at=AT + 2 * HOUR)
    assert recognise_many(dossiers=[agreed.pk], by=world.lan, at=AT + 2 * HOUR)[0].reviews.last().meeting is not None


def test_figures_changed_after_a_vote_for_the_title_need_another_meeting(world):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    others = [another_member(world.commune, number).person for number in (5, 6)]
    met(dossier, world.lan, world.lan.person, others)
    given = {"dossier": dossier, "by": world.lan, "at": AT + 2 * HOUR}
    refusing = given | {"is_recognised": False, "reason": "Không đủ điểm"}
    save_review(entries=[ReviewEntry(1, None, "Xem lại", seen=Decimal(8))], **given)
    with pytest.raises(RefusedError):
        decide(**refusing)
    save_review(entries=[ReviewEntry(1, Decimal(1), "Chưa có minh chứng")], **given)
    assert Dossier.objects.with_obstacle().get().obstacle == "changed"
    with pytest.raises(RefusedError, match=str(Obstacle.CHANGED.label)):
        decide(**refusing)
    met(dossier, world.lan, world.lan.person, others, at=AT + 3 * HOUR)
    assert Dossier.objects.with_obstacle().get().obstacle.startswith("below")
    assert decide(**refusing | {"at": AT + 4 * HOUR}).state == "not_recognised"


def test_the_meeting_held_last_counts_whenever_its_minutes_were_closed(world, dossier, members):
    meetings = [
        call_meeting(
            step=dossier.current_step, unit=world.chapter, held_at=AT + number * HOUR, place="Nhà văn hóa",
            chair=world.chi.person, secretary=members[0], invited=members, dossiers=[dossier], by=world.chi, at=AT,
        )
        for number in (1, 2)
    ]  # fmt: skip
    closing = {"present": [world.chi.person, *members], "notes": "", "by": world.chi}
    close_meeting(meeting=meetings[1], votes={dossier.pk: Vote(against=4)}, at=AT + 3 * HOUR, **closing)
    close_meeting(meeting=meetings[0], votes={}, at=AT + 4 * HOUR, **closing)
    assert Dossier.objects.with_obstacle().get().obstacle == "voted_down"


@pytest.mark.parametrize("is_returned", [True, False])
def test_what_left_the_body_or_came_after_the_meeting_is_not_counted_in_it(world, dossier, members, is_returned):
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=members[0], invited=members, dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip
    if is_returned:
        return_to_person(dossier=dossier, reason="Bổ sung", by=world.chi, at=AT + HOUR)
        submit(dossier=dossier, by=world.an, at=AT + 2 * HOUR)
    else:
        forward(dossier=dossier, by=world.chi, at=AT + HOUR)
    closing = {"present": [world.chi.person, *members], "notes": "", "by": world.chi, "at": AT + 3 * HOUR}
    with pytest.raises(RefusedError, match=dossier.person.full_name):
        close_meeting(meeting=meeting, votes={dossier.pk: Vote(against=4)}, **closing)
    line = close_meeting(meeting=meeting, votes={}, **closing).lines.get()
    assert (line.votes_for, line.result) == (None, "")
    assert Dossier.objects.filter(pk=dossier.pk).stands()[dossier.pk].vote is None


def test_equal_votes_go_by_the_chair_where_the_chain_says_so(world, dossier, members):
    ReviewStep.objects.filter(order=1).update(tie="chair")
    dossier.refresh_from_db()
    with pytest.raises(RefusedError, match=r"chủ tọa|chair"):
        met(dossier, world.chi, world.chi.person, members, against=2)
    line = met(dossier, world.chi, world.chi.person, members, against=2, chair_is_for=True).lines.get()
    assert (line.votes_for, line.result, line.chair_is_for) == (2, "carried", True)


def test_who_may_not_judge_a_dossier_has_no_vote_on_it(world, dossier, members):
    line = met(dossier, world.chi, world.chi.person, [members[0], world.an.person], against=1).lines.get()
    assert (line.votes_for, line.votes_against) == (1, 1)


def test_a_share_of_those_invited_must_come(world, dossier, members):
    ReviewStep.objects.filter(order=1).update(quorum_percent=66)
    dossier.refresh_from_db()
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=members[0], invited=members, dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip
    closing = {"meeting": meeting, "votes": {}, "notes": "", "by": world.chi, "at": AT + HOUR}
    with pytest.raises(RefusedError, match=r"cần 3"):
        close_meeting(present=[world.chi.person, members[0]], **closing)
    assert Dossier.objects.with_obstacle().get().obstacle == "not_met"
    close_meeting(present=[world.chi.person, *members[:2]], **closing)
    assert Dossier.objects.with_obstacle().get().obstacle == ""


def test_the_page_says_why_and_what_can_be_done(world, dossier, members, client):
    voted_down(world, dossier, members)
    client.force_login(world.chi)
    page = client.get(reverse("dossiers:review", args=[dossier.pk]))
    text = page.content.decode()
    assert 'value="not_propose"' in text
    assert 'value="forward"' not in text
    assert "4" in page.context["vote"]
    assert text.count(page.context["vote"]) == 1
    assert page.context["against"] in text.replace("&#x27;", "'")
    for place in ("dossiers:queue", "dossiers:batch"):
        assert str(Obstacle.VOTED_DOWN.label) in client.get(reverse(place)).content.decode()
    said = {"step": dossier.current_step_id, "do": "not_propose", "reason": "Không đủ căn cứ"}
    said |= {f"{number}-{name}": "" for number in range(1, 11) for name in ("points", "reason", "seen")}
    client.post(reverse("dossiers:review", args=[dossier.pk]), said)
    client.force_login(world.an)
    own = client.get(reverse("dossiers:self_assessment", args=[dossier.year])).content.decode()
    assert "Không đủ căn cứ" in own
    assert str(Review.Outcome.NOT_PROPOSED.label) in own


def test_minutes_take_abstentions_and_the_chairs_vote(world, dossier, members, client):
    ReviewStep.objects.filter(order=1).update(tie="chair")
    dossier.refresh_from_db()
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=members[0], invited=members, dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip
    client.force_login(world.chi)
    address = reverse("dossiers:meeting", args=[meeting.pk])
    said = {"present": [world.chi.person_id, *(person.pk for person in members)], "notes": ""}
    said |= {f"against-{dossier.pk}": 2, f"abstained-{dossier.pk}": 0}
    assert client.post(address, said).status_code == 200
    client.post(
        address, said | {f"against-{dossier.pk}": 1, f"abstained-{dossier.pk}": 1, f"chair-{dossier.pk}": "for"}
    )
    line = meeting.lines.get()
    assert (line.votes_for, line.votes_against, line.abstained, line.result) == (2, 1, 1, "lost")
    assert str(line.get_result_display()) in client.get(address).content.decode()


def test_the_form_asks_by_the_rule_of_each_dossiers_own_chain(world, dossier, members, client):
    """It asked by that of the chain for which the meeting was called: equal votes of the other could not be closed."""
    worker = another_member(world.chapter, 9)
    worker.person.target_groups.update(group=TargetGroup.WORKERS)
    other = submitted_dossier(worker)
    assert other.chain != dossier.chain
    other.chain.steps.filter(role=other.current_step.role).update(tie="chair")
    meeting = call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=members[0], invited=members, dossiers=[dossier, other], by=world.chi, at=AT,
    )  # fmt: skip
    client.force_login(world.chi)
    address = reverse("dossiers:meeting", args=[meeting.pk])
    page = client.get(address)
    assert f'name="chair-{other.pk}"' in page.text
    assert f'name="chair-{dossier.pk}"' not in page.text
    assert page.text.count(page.context["form"].rules()) == 1
    for row in (dossier, other):
        assert f"{row.chain.name}: " in page.context["form"].rules()
    said = {"present": [world.chi.person_id, *(person.pk for person in members)], "notes": ""}
    said |= {f"against-{row.pk}": 2 for row in (dossier, other)} | {f"chair-{other.pk}": "for"}
    assert client.post(address, said).status_code == 302
    assert dict(meeting.lines.values_list("dossier", "result")) == {dossier.pk: "lost", other.pk: "carried"}
