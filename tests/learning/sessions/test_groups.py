"""Who holds a session writes to its people: as a group of letters that its page hands over."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.sessions.actions import invite
from learning.sessions.groups import PARTS
from learning.sessions.models import Session
from membership.models import Person
from membership.registries.groups import Chosen, choices, handed_over, people_of, written_to
from notices.actions.writing import write_to
from notices.models import Notice
from tests.learning.sessions.test_planning import go, planned, say


@pytest.fixture
def session(standing):
    """Of two who are invited one comes; another one waits."""
    session = planned(standing, capacity=1, is_public=True)
    invite(session=session, group=Chosen("unit:", "Cả đơn vị"), by=standing.dung, at=timezone.now())
    go(session, "announce", standing.dung)
    say(session, standing.an)
    say(session, standing.chi)
    return session


def people(session, part, standing):
    found = people_of(f"session:{session.pk}:{part}", session.unit, timezone.localdate(), by=standing.dung)
    return set(found.values_list("pk", flat=True))


def test_each_group_is_who_it_says(session, standing):
    invited = set(session.invitees.values_list("person", flat=True))
    answered = {standing.an.person_id, standing.chi.person_id}
    assert answered < invited
    expected = {"moi": invited, "chua": invited - answered, "den": {standing.an.person_id},
                "cho": {standing.chi.person_id}}  # fmt: skip
    assert {part: people(session, part, standing) for part in PARTS} == expected


def test_a_letter_reaches_them_and_nobody_else(session, standing):
    group = handed_over(standing.dung, f"session:{session.pk}:den")
    words = {"subject": "Mang theo giấy bút", "text": "Hẹn gặp."}
    write_to(unit=session.unit, group=group, token=uuid.uuid4(), **words, by=standing.dung, at=timezone.now())
    assert set(Notice.objects.filter(kind="letter").values_list("person", flat=True)) == {standing.an.person_id}


class TestFromOutside:
    """Hà belongs to another association, and answers a session that is open to everybody."""

    @pytest.fixture
    def group(self, session, standing):
        Session.objects.filter(pk=session.pk).update(capacity=None)
        say(session, standing.ha)
        return f"session:{session.pk}:den"

    def test_who_answered_gets_the_letter_and_is_called_to_nothing(self, group, session, standing):
        today = timezone.localdate()
        letter = written_to(group, session.unit, today, by=standing.dung)
        assert set(letter) == {standing.an.person, standing.chi.person, standing.ha.person}
        assert standing.ha.person not in people_of(group, session.unit, today, by=standing.dung)
        invited = written_to(group.replace("den", "moi"), session.unit, today, by=standing.dung)
        assert standing.ha.person not in invited

    def test_no_unit_that_does_not_hold_it_reaches_beyond_its_own(self, group, standing):
        assert set(written_to(group, standing.chapter, timezone.localdate(), by=standing.chi)) == {
            standing.an.person, standing.chi.person,
        }  # fmt: skip

    @pytest.mark.parametrize("asked", ["withdrawn_at", "restricted_at"])
    def test_who_asked_for_silence_has_it(self, group, session, standing, asked):
        Person.objects.filter(pk=standing.ha.person_id).update(**{asked: timezone.now()})
        assert standing.ha.person not in written_to(group, session.unit, timezone.localdate(), by=standing.dung)

    def test_who_said_no_is_left_in_peace(self, group, session, standing):
        say(session, standing.ha, is_coming=False)
        assert standing.ha.person not in written_to(group, session.unit, timezone.localdate(), by=standing.dung)


@pytest.mark.parametrize("who", ["an", "ha", "minh", "lan"])
def test_nobody_else_may_have_them_and_no_form_offers_them(session, standing, who):
    assert all(handed_over(getattr(standing, who), f"session:{session.pk}:{part}") is None for part in PARTS)
    assert str(session.pk) not in str(choices(standing.dung))


@pytest.mark.parametrize("which", ["x", "x:moi", f"{uuid.UUID(int=1)}:moi", ":"])
def test_what_is_none_has_nobody(session, standing, which):
    assert handed_over(standing.dung, f"session:{which}") is None
    assert not people_of(f"session:{which}", session.unit, timezone.localdate(), by=standing.dung).exists()
    assert handed_over(standing.dung, f"session:{session.pk}:khac") is None


def test_the_pages_of_the_session_lead_to_the_letter(session, standing, client):
    client.force_login(standing.dung)
    for place in ("", "moi/"):
        page = client.get(f"/buoi-tap-huan/to-chuc/{session.pk}/{place}").text
        assert f"nhom=session%3A{session.pk}%3Achua" in page
    letter = client.get(reverse("notices:write") + f"?nhom=session:{session.pk}:chua&don-vi={session.unit.code}")
    assert letter.context["form"]["group"].value() == f"session:{session.pk}:chua"
