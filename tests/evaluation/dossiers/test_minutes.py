"""Minutes with remarks, the reason that they owe, and who is invited by name."""

import datetime

import pytest

from evaluation.dossiers.actions import accept_own_scores, call_meeting, close_meeting
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.forms import MeetingForm
from evaluation.dossiers.models import Meeting, ReviewStep
from evaluation.dossiers.voting import Vote
from evaluation.recognition.actions import add_members, open_grouping
from evaluation.recognition.papers.texts import minutes
from tests.factories.evaluation import AT, another_member, evidence_for, submitted_dossier

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def members(world):
    return [another_member(world.chapter, number).person for number in range(1, 4)]


def met(world, dossier, members, votes, invited=()):
    about = {"step": dossier.current_step, "unit": world.chapter, "held_at": AT, "place": "Nhà văn hóa"}
    people = {"chair": world.chi.person, "secretary": members[0], "invited": [*members, *invited]}
    meeting = call_meeting(dossiers=[dossier], by=world.chi, at=AT, **about, **people)
    present = [world.chi.person, *members, *invited]
    return close_meeting(meeting=meeting, present=present, votes=votes, notes="", by=world.chi, at=AT + HOUR)


def paper_of(world, meeting):
    paper = minutes(Meeting.objects.for_page(world.chi).get(pk=meeting.pk), {})
    return [(block.lead, block.text) for block in paper.blocks]


def test_what_was_said_of_a_dossier_stands_in_the_minutes_and_on_their_paper(world, members):
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    votes = {dossier.pk: Vote(against=1, remark="Đề nghị ghi rõ lớp đã học.")}
    meeting = met(world, dossier, members, votes, [world.an.person])
    assert meeting.lines.get().votes_for == 3  # five were there, one voted against, and An has no vote on herself
    name = world.an.person.full_name
    told = paper_of(world, meeting)
    assert (f"Ý kiến về {name}:", "Đề nghị ghi rõ lớp đã học.") in told
    assert ("Không biểu quyết về hồ sơ của chính mình:", f"{name}.") in told


def test_minutes_that_agree_to_what_lies_far_from_the_evidence_say_why(world, members):
    ReviewStep.objects.filter(order=1).update(reason_over=5)
    evidence_for(world.an.person)
    dossier = submitted_dossier(world.an)
    with pytest.raises(RefusedError, match=world.an.person.full_name):
        met(world, dossier, members, {dossier.pk: Vote()})
    assert met(world, dossier, members, {dossier.pk: Vote(against=4)}).is_closed  # not agreed to: nothing is due
    meeting = met(world, dossier, members, {dossier.pk: Vote(remark="Có giấy chứng nhận bản gốc.")})
    assert meeting.lines.get().result == "carried"


def test_nobody_votes_on_their_family_where_the_house_knows_it(world, members):
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    doing = {"by": world.giang, "at": AT}
    since = AT.date() - datetime.timedelta(days=100)
    family = open_grouping(kind="family", name="Nhà An", place=world.chapter, valid_from=since, **doing)
    add_members(grouping=family, codes=[world.an.person.code, members[1].code], valid_from=since, **doing)
    clan = open_grouping(kind="clan", name="Họ", place=world.chapter, valid_from=since, **doing)
    add_members(grouping=clan, codes=[world.an.person.code, members[2].code], valid_from=since, **doing)
    meeting = met(world, dossier, members, {})
    assert meeting.lines.get().votes_for == 3  # of four; the clan's member votes
    assert any("(3/4)" in text for _lead, text in paper_of(world, meeting))


def test_people_are_invited_by_name_and_who_shares_a_name_by_code(world, members):
    form = MeetingForm(None, unit=world.chapter, user=world.chi, waiting=[])
    one, other, namesake = members
    type(namesake).objects.filter(pk=namesake.pk).update(full_name=other.full_name, folded_name=other.folded_name)
    form.cleaned_data = {"codes": f"{one.full_name.upper()}\n{namesake.code.lower()}"}
    assert {person.pk for person in form.clean_codes()} == {one.pk, namesake.pk}
    form.cleaned_data = {"codes": other.full_name}
    with pytest.raises(Exception, match=other.code) as refused:
        form.clean_codes()
    assert namesake.code in str(refused.value)
    form.cleaned_data = {"codes": "Không Có Ai"}
    with pytest.raises(Exception, match="Không Có Ai"):
        form.clean_codes()
