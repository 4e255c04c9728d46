import datetime

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from evaluation.dossiers import dated
from evaluation.dossiers.actions import (
    accept_own_scores,
    call_meeting,
    close_meeting,
    forward,
    return_to_person,
    submit,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Attendance, Dossier, Meeting, ReviewStep
from evaluation.dossiers.voting import Vote
from membership.models import Membership, Person, Role, TargetGroup
from tests.factories.evaluation import AT, another_member, dossier_before_recogniser, submitted_dossier
from tests.factories.people import grant
from tests.laid import laid_once

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
@laid_once
def dossier(world):
    """It waits at the chapter, which decides with three people present."""
    ReviewStep.objects.filter(order=1).update(quorum=3)
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    return dossier


@pytest.fixture
def members(world):
    return [another_member(world.chapter, number).person for number in range(1, 4)]


def call(world, dossier, *invited, chair=None, secretary=None):
    return call_meeting(
        step=dossier.current_step,
        unit=world.chapter,
        held_at=AT,
        place="Nhà văn hóa",
        chair=chair or world.chi.person,
        secretary=secretary or invited[0],
        invited=invited,
        dossiers=[dossier],
        by=world.chi,
        at=AT,
    )


def close(world, meeting, *present, votes=None):
    given = {"votes": votes or {}, "notes": "Thống nhất", "by": world.chi, "at": AT + HOUR}
    return close_meeting(meeting=meeting, present=present, **given)


def test_a_body_with_a_quorum_forwards_what_its_meeting_looked_at(world, dossier, members):
    meeting = call(world, dossier, *members)
    close(world, meeting, world.chi.person, *members[:2], votes={dossier.pk: Vote(against=1)})
    forward(dossier=dossier, by=world.chi, at=AT + 2 * HOUR)
    review = dossier.reviews.get()
    assert review.meeting == meeting
    line = meeting.lines.get()
    assert (line.votes_for, line.votes_against) == (2, 1)
    assert ModelLogEntry.objects.filter(action__in=["dossiers.call_meeting", "dossiers.close_meeting"]).count() == 2


def test_who_is_called_to_a_meeting_has_it_in_their_calendar_and_in_its_letter_alike(world, dossier, members):
    meeting = call(world, dossier, *members)
    (one,) = dated.meetings(members[0].pk, AT.date())
    assert dated.dated_by_meeting([meeting.pk]) == {meeting.pk: one}
    assert (one.begins, one.place, one.about) == (AT, "Nhà văn hóa", meeting)
    assert list(dated.meetings(world.an.person_id, AT.date())) == []


def test_minutes_below_the_quorum_are_refused(world, dossier, members):
    meeting = call(world, dossier, *members)
    with pytest.raises(RefusedError):
        close(world, meeting, world.chi.person, members[0])
    assert not Meeting.objects.get().is_closed


def test_the_person_does_not_count_at_a_meeting_on_themselves(world, dossier, members):
    """Three were there, but An is one of them: two could judge."""
    meeting = call(world, dossier, members[0], world.an.person)
    close(world, meeting, world.chi.person, members[0], world.an.person)
    with pytest.raises(RefusedError):
        forward(dossier=dossier, by=world.chi, at=AT + 2 * HOUR)


def test_who_sat_in_another_body_on_it_does_not_count(world, dossier, members):
    close(world, call(world, dossier, *members), world.chi.person, *members[:2])
    forward(dossier=dossier, by=world.chi, at=AT + HOUR)
    ReviewStep.objects.filter(order=2).update(quorum=2)
    dossier.refresh_from_db()
    meeting = call_meeting(
        step=dossier.current_step,
        unit=world.association,
        held_at=AT,
        place="Trụ sở",
        chair=world.dung.person,
        secretary=members[0],
        invited=[],
        dossiers=[dossier],
        by=world.dung,
        at=AT,
    )
    present = [world.dung.person, members[0]]
    close_meeting(meeting=meeting, present=present, votes={}, notes="", by=world.dung, at=AT + HOUR)
    with pytest.raises(RefusedError):
        forward(dossier=dossier, by=world.dung, at=AT + 2 * HOUR)


def test_who_sat_in_the_meeting_of_one_body_does_not_act_in_another(world, dossier, members):
    close(world, call(world, dossier, *members, world.dung.person), world.chi.person, members[0], world.dung.person)
    forward(dossier=dossier, by=world.chi, at=AT + HOUR)
    with pytest.raises(PermissionDenied):
        forward(dossier=dossier, by=world.dung, at=AT + 2 * HOUR)
    assert Dossier.objects.takeable_by(world.lan).get() == dossier  # the next body up serves the association


def test_who_was_heard_in_the_meeting_above_acts_at_their_own_body_again(world, members):
    dossier = dossier_before_recogniser(world.an, world.chi)
    meeting = call_meeting(
        step=dossier.current_step,
        unit=world.association,
        held_at=AT,
        place="Trụ sở",
        chair=world.dung.person,
        secretary=members[0],
        invited=[world.chi.person],
        dossiers=[dossier],
        by=world.dung,
        at=AT,
    )
    present = [world.dung.person, members[0], world.chi.person]
    close_meeting(meeting=meeting, present=present, votes={}, notes="", by=world.dung, at=AT + HOUR)
    return_to_person(dossier=dossier, reason="Bổ sung", by=world.dung, at=AT + HOUR)
    submit(dossier=dossier, by=world.an, at=AT + 2 * HOUR)
    assert Dossier.objects.takeable_by(world.chi).get() == dossier


def test_no_meeting_is_called_on_who_withdrew_but_the_minutes_of_one_called_before_are_closed(
    world, dossier, members, client
):
    before = call(world, dossier, *members)
    Person.objects.filter(pk=dossier.person_id).update(withdrawn_at=AT)
    with pytest.raises(RefusedError, match="Hồ sơ tạm dừng"):
        call(world, dossier, *members)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    assert client.get(address).status_code == 404
    assert close(world, before, world.chi.person, *members).is_closed


def test_an_open_meeting_is_not_enough(world, dossier, members):
    call(world, dossier, *members)
    with pytest.raises(RefusedError):
        forward(dossier=dossier, by=world.chi, at=AT + HOUR)


def test_a_meeting_before_it_was_handed_in_again_is_not_enough(world, dossier, members):
    close(world, call(world, dossier, *members), world.chi.person, *members[:2])
    dossier.submitted_at = AT + 3 * HOUR
    dossier.save()
    with pytest.raises(RefusedError):
        forward(dossier=dossier, by=world.chi, at=AT + 4 * HOUR)


def test_chair_and_secretary_are_present(world, dossier, members):
    with pytest.raises(RefusedError):
        close(world, call(world, dossier, *members), *members)


def test_only_the_invited_come(world, dossier, members):
    with pytest.raises(RefusedError):
        close(world, call(world, dossier, *members[:2]), world.chi.person, *members)
    assert not Attendance.objects.filter(is_present=True).exists()


def test_more_votes_than_people_are_refused(world, dossier, members):
    with pytest.raises(RefusedError):
        close(world, call(world, dossier, *members), world.chi.person, *members, votes={dossier.pk: Vote(4, 1)})


def test_a_meeting_ahead_is_not_closed(world, dossier, members):
    meeting = call(world, dossier, *members)
    meeting.held_at = AT + 5 * HOUR
    meeting.save()
    with pytest.raises(RefusedError):
        close(world, meeting, world.chi.person, *members)


def test_one_meeting_looks_at_dossiers_of_every_chain_that_leads_to_the_body(world, dossier, members):
    worker = another_member(world.chapter, 9)
    worker.person.target_groups.update(group=TargetGroup.WORKERS)
    other = submitted_dossier(worker)
    assert other.current_step != dossier.current_step
    given = {"place": "Nhà văn hóa", "invited": members, "by": world.chi, "at": AT, "held_at": AT}
    people = {"chair": world.chi.person, "secretary": members[0]}
    meeting = call_meeting(step=dossier.current_step, unit=world.chapter, dossiers=[dossier, other], **people, **given)
    close(world, meeting, world.chi.person, *members)
    accept_own_scores(dossier=other, by=world.chi, at=AT)
    for row in (dossier, other):
        forward(dossier=row, by=world.chi, at=AT + 2 * HOUR)
        assert row.reviews.get().meeting == meeting


def test_the_rules_of_every_chain_that_leads_to_the_body_are_told(world, dossier, client):
    worker = another_member(world.chapter, 9)
    worker.person.target_groups.update(group=TargetGroup.WORKERS)
    other = submitted_dossier(worker).current_step
    assert other.chain.name != dossier.current_step.chain.name
    ReviewStep.objects.filter(pk=other.pk).update(quorum=5, majority_percent=66)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    for page in (client.get("/danh-gia/cuoc-hop/").text, client.get(address).text):
        for step in (dossier.current_step, ReviewStep.objects.get(pk=other.pk)):
            assert f"{step.chain.name}: {ReviewStep.objects.get(pk=step.pk).needed_told}" in page
            assert f"{step.chain.name}: {step.majority_told}" in page


def test_pages(world, dossier, members, client):
    grant(world.dung, Role.MEMBER, world.association)
    client.force_login(world.chi)
    assert b"cuoc-hop/mo/" in client.get("/danh-gia/cuoc-hop/").content
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    assert client.get(address).status_code == 200
    said = {
        "held_at": "2026-11-20T09:00",
        "place": "Nhà văn hóa",
        "chair": world.chi.person_id,
        "secretary": world.chi.person_id,
        "dossiers": [dossier.pk],
    }
    refused = client.post(address, said)
    assert refused.status_code == 200
    assert refused.context["form"].errors["secretary"]
    assert not Meeting.objects.exists()
    meeting = call(world, dossier, *members)
    closing = {"present": [world.chi.person_id, *[person.pk for person in members]], "notes": "Đồng ý"}
    closing[f"against-{dossier.pk}"] = 1
    page = client.post(f"/danh-gia/cuoc-hop/{meeting.pk}/", closing)
    assert page.status_code == 302
    line = meeting.lines.get()
    assert (line.votes_for, line.votes_against) == (3, 1)
    assert members[0].full_name in client.get(f"/danh-gia/cuoc-hop/{meeting.pk}/").content.decode()
    client.force_login(world.ha)
    assert client.get(f"/danh-gia/cuoc-hop/{meeting.pk}/").status_code == 404


def test_the_form_of_a_chapter_with_one_officer_offers_its_members(world, dossier, members, client):
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    form = client.get(address).context["form"]
    assert {world.chi.person, *members} <= set(form.fields["secretary"].queryset)
    said = {
        "held_at": "2026-11-20T09:00",
        "place": "Nhà văn hóa",
        "chair": world.chi.person_id,
        "secretary": members[0].pk,
        "invited": [members[1].pk],
        "codes": members[2].code.lower(),
        "dossiers": [dossier.pk],
    }
    assert client.post(address, said | {"codes": "KHONG-CO"}).context["form"].errors["codes"]
    client.post(address, said)
    called = Meeting.objects.get().attendances.values_list("person", flat=True)
    assert set(called) == {world.chi.person_id, *(person.pk for person in members)}


def test_who_only_signed_up_is_not_invited(world, dossier, members, client):
    Membership.objects.filter(person=members[2]).update(is_self_declared=True)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    form = client.get(address).context["form"]
    for name in ("chair", "secretary", "invited"):
        assert members[1] in form.fields[name].queryset
        assert members[2] not in form.fields[name].queryset
    assert client.post(address, {"codes": members[2].code}).context["form"].errors["codes"]


@pytest.mark.parametrize("place", ["chair", "secretary", "invited"])
def test_who_only_signed_up_is_refused_by_the_action_too(world, dossier, members, place):
    Membership.objects.filter(person=members[2]).update(is_self_declared=True)
    office = {} if place == "invited" else {place: members[2]}
    with pytest.raises(RefusedError, match=members[2].full_name):
        call(world, dossier, *members[:2], *(members[2:] if place == "invited" else ()), **office)
    assert not Meeting.objects.exists()


def test_a_dossier_that_left_is_named_and_what_was_typed_for_the_others_stays(world, dossier, members, client):
    other = submitted_dossier(another_member(world.chapter, 9))
    accept_own_scores(dossier=other, by=world.chi, at=AT)
    given = {"place": "Nhà văn hóa", "invited": members, "by": world.chi, "at": AT, "held_at": AT}
    people = {"chair": world.chi.person, "secretary": members[0]}
    meeting = call_meeting(step=dossier.current_step, unit=world.chapter, dossiers=[dossier, other], **people, **given)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/{meeting.pk}/"
    assert f'name="against-{other.pk}"' in client.get(address).content.decode()
    return_to_person(dossier=other, reason="Bổ sung", by=world.chi, at=AT)
    typed = {"present": [world.chi.person_id, *[person.pk for person in members]], "notes": "Đồng ý"}
    typed |= {f"against-{dossier.pk}": 1, f"abstained-{dossier.pk}": 0}
    refused = client.post(address, typed | {f"against-{other.pk}": 2, f"abstained-{other.pk}": 0})
    page = refused.content.decode()
    assert other.person.full_name in refused.context["form"].non_field_errors()[0]
    assert not Meeting.objects.get().is_closed
    assert refused.context["form"][f"against-{dossier.pk}"].value() == "1"
    assert f'name="against-{other.pk}"' not in page
    assert client.post(address, typed).status_code == 302
    assert [(line.dossier_id, line.votes_against) for line in meeting.lines.order_by("dossier")] == [
        (dossier.pk, 1),
        (other.pk, None),
    ]
    closed = client.get(address)
    assert closed.context["rules"]
    assert closed.context["rules"] in closed.content.decode()


def test_a_large_unit_with_officers_offers_them_alone(world, dossier, members, client, monkeypatch):
    monkeypatch.setattr("evaluation.dossiers.forms.meetings.MOST_BOXES", 2)
    grant(members[0].user, Role.CHAPTER_OFFICER, world.chapter)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    form = client.get(address).context["form"]
    assert {world.chi.person, members[0]} == set(form.fields["secretary"].queryset)


def test_a_large_unit_invites_by_code_and_still_offers_a_secretary(world, dossier, members, client, monkeypatch):
    monkeypatch.setattr("evaluation.dossiers.forms.meetings.MOST_BOXES", 2)
    client.force_login(world.chi)
    address = f"/danh-gia/cuoc-hop/mo/{dossier.current_step_id}/{world.chapter.pk}/{dossier.year}/"
    form = client.get(address).context["form"]
    assert set(form.fields["invited"].queryset) == {world.chi.person}
    assert members[0] in form.fields["secretary"].queryset
