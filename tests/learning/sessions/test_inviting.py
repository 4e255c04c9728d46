"""Whom a unit invites by name: chosen by group, told once it is announced, asked again while they have not answered."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from learning.sessions import actions, notices, tasks
from learning.sessions.actions import (
    change_session,
    erase_invitations,
    invite,
    leave_out,
    move_invitations,
    remind,
)
from learning.sessions.export import sessions_part
from learning.sessions.models import Invitee, PrintRun
from learning.sessions.periodic import sweep_session_files
from membership.models import Person, Role
from membership.registries.groups import Chosen
from notices.models import Notice
from notices.mouth import to_tell, with_words
from tests.factories.people import PersonFactory
from tests.learning.sessions.test_planning import go, planned, say
from tests.queries import assert_constant_queries

ALL = Chosen("unit:", "Cả đơn vị")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def session(standing):
    return planned(standing, unit=standing.chapter, by=standing.chi, map_link="https://ban-do.example.vn/a")


def ask(session, by, group=ALL):
    return invite(session=session, group=group, by=by, at=timezone.now())


def told(kind):
    return set(Notice.objects.filter(kind=kind.key).values_list("person", flat=True))


def at(session, name):
    return reverse(f"sessions:{name}", args=[session.pk])


class TestInviting:
    def test_a_group_is_invited_once_and_told_when_it_is_announced(self, session, standing):
        assert (ask(session, standing.chi), ask(session, standing.chi)) == (2, 0)
        assert not Notice.objects.exists()
        go(session, "announce", standing.chi)
        assert told(notices.INVITED) == {standing.an.person_id, standing.chi.person_id}

    def test_who_joins_an_announced_one_is_told_at_once_and_who_withdrew_never(self, session, standing):
        Person.objects.filter(pk=standing.an.person_id).update(withdrawn_at=timezone.now())
        go(session, "announce", standing.chi)
        assert ask(session, standing.chi) == 1
        assert told(notices.INVITED) == {standing.chi.person_id}

    @pytest.mark.parametrize("who", ["an", "lan", "ha", "minh"])
    def test_refused_to_who_may_not_organise_there(self, session, standing, who):
        with pytest.raises(PermissionDenied):
            ask(session, getattr(standing, who))

    def test_nobody_is_invited_once_it_is_cancelled(self, session, standing):
        go(session, "cancel", standing.chi)
        with pytest.raises(ValidationError):
            ask(session, standing.chi)

    def test_who_is_left_out_is_not_invited_any_more(self, session, standing):
        ask(session, standing.chi)
        row = Invitee.objects.get(person=standing.an.person)
        for _twice in range(2):
            leave_out(invitee=row, by=standing.chi, at=timezone.now())
        assert Invitee.objects.get().person == standing.chi.person


class TestTelling:
    @pytest.fixture
    def announced(self, session, standing):
        ask(session, standing.chi)
        return go(session, "announce", standing.chi)

    def test_only_who_has_not_answered_is_reminded_and_once_a_day(self, announced, standing):
        say(announced, standing.chi, is_coming=False)
        counts = [
            remind(session=announced, by=standing.chi, at=moment)
            for moment in (timezone.now(), timezone.now(), timezone.now() + DAY / 2)
        ]
        assert (counts[0], counts[1]) == (1, 0)
        assert told(notices.REMINDED) == {standing.an.person_id}

    def test_before_its_announcement_nobody_is_reminded(self, session, standing):
        ask(session, standing.chi)
        with pytest.raises(ValidationError):
            remind(session=session, by=standing.chi, at=timezone.now())

    def test_another_time_is_told_anew_and_a_cancelled_one_to_who_has_not_answered(self, announced, standing):
        say(announced, standing.chi)
        change_session(
            session=announced, by=standing.chi, at=timezone.now(), starts_at=announced.starts_at - DAY / 48
        )  # fmt: skip
        assert Notice.objects.filter(kind=notices.INVITED.key, person=standing.an.person).count() == 2
        assert told(notices.CHANGED) == {standing.chi.person_id}
        go(announced, "cancel", standing.chi)
        assert told(notices.INVITED_IN_VAIN) == {standing.an.person_id}
        assert told(notices.CANCELLED) == {standing.chi.person_id}

    def test_another_place_is_told_anew_and_who_joins_is_told_without_the_others(self, announced, standing):
        change_session(session=announced, by=standing.chi, at=timezone.now(), place="Trạm y tế")
        theirs = Notice.objects.filter(kind=notices.INVITED.key, person=standing.chi.person)
        assert theirs.count() == 2
        leave_out(invitee=Invitee.objects.get(person=standing.an.person), by=standing.chi, at=timezone.now())
        assert ask(announced, standing.chi) == 1
        assert theirs.count() == 2
        assert Notice.objects.filter(kind=notices.INVITED.key, person=standing.an.person).count() == 3

    def test_what_is_answered_meanwhile_is_not_due_any_more(self, announced, standing):
        subject = Invitee.objects.get(person=standing.an.person).pk
        assert notices.INVITED.still_due().filter(pk=subject).exists()
        say(announced, standing.an)
        assert not notices.INVITED.still_due().filter(pk=subject).exists()

    def test_who_has_no_account_hears_by_word_of_mouth_how_it_is_now_and_that_it_is_cancelled(self, session, standing):
        bach = PersonFactory(full_name="Lê Văn Bách")
        bach.memberships.create(role=Role.MEMBER, unit=standing.chapter, valid_from="2020-01-01")
        ask(session, standing.chi)
        go(session, "announce", standing.chi)
        was, later = session.starts_at, session.starts_at + DAY
        change_session(
            session=session, by=standing.chi, at=timezone.now(), starts_at=later, ends_at=later + DAY / 8
        )  # fmt: skip
        (said,) = self._said(standing)
        assert f"{timezone.localtime(later):%H:%M %d/%m/%Y}" in said
        assert f"{timezone.localtime(was):%d/%m/%Y}" not in said
        go(session, "cancel", standing.chi)
        (said,) = self._said(standing)
        assert said.endswith("bị hủy.")

    def _said(self, standing):
        (person,) = with_words(to_tell(standing.chi, timezone.now()), timezone.now())
        assert person.full_name == "Lê Văn Bách"
        return person.to_say


class TestPages:
    def test_an_officer_looks_who_that_is_invites_and_prints(self, session, standing, client):
        client.force_login(standing.chi)
        page = client.get(at(session, "invite"), {"group": ALL.group})
        assert standing.an.person.full_name in page.text
        assert not Invitee.objects.exists()
        assert client.post(at(session, "invite"), {"group": ALL.group}).status_code == 302
        listed = client.get(at(session, "invitees"), {"tra_loi": "chua"}).text
        assert standing.an.person.code in listed
        pages = PdfReader(io.BytesIO(client.get(at(session, "invitations")).content)).pages
        texts = [" ".join(page.extract_text().split()) for page in pages]
        assert len(texts) == 2
        assert sum(standing.an.person.full_name in text for text in texts) == 1
        assert all("GIẤY MỜI" in text and "Nhà văn hóa" in text for text in texts)

    def test_a_group_that_is_none_is_refused_in_words(self, session, standing, client):
        client.force_login(standing.chi)
        assert client.post(at(session, "invite"), {"group": "no:such"}).status_code == 422

    def test_what_organisers_see_is_not_there_for_others(self, session, standing, client):
        go(session, "announce", standing.chi)
        for who in ("an", "ha", "minh"):
            client.force_login(getattr(standing, who))
            for name in ("invitees", "invite", "invitations"):
                assert client.get(at(session, name)).status_code == 404
            assert client.post(at(session, "invite"), {"group": ALL.group}).status_code == 404
            assert client.post(at(session, "remind")).status_code == 404
            assert client.get(reverse("sessions:minutes", args=[session.pk, "pdf"])).status_code == 404
        assert not Invitee.objects.exists()

    def test_minutes_and_the_way_are_papers(self, session, standing, client):
        change_session(session=session, by=standing.chi, at=timezone.now(), minutes="Đã thống nhất.\nHẹn gặp lại.")
        client.force_login(standing.chi)
        paper = client.get(reverse("sessions:minutes", args=[session.pk, "pdf"]))
        assert "Đã thống nhất." in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
        assert client.get(reverse("sessions:minutes", args=[session.pk, "docx"])).status_code == 200
        for wrong in (f"{session.pk}/bien-ban.x", f"{'-' * 36}/bien-ban.pdf"):
            assert client.get(f"/buoi-tap-huan/to-chuc/{wrong}").status_code == 404
        client.logout()
        assert client.get(at(session, "way")).status_code == 404  # it is only planned
        go(session, "announce", standing.chi)
        client.force_login(standing.an)
        assert client.get(at(session, "way")).content.startswith(b"%PDF")

    def test_the_list_costs_no_more_queries(self, session, standing, client):
        client.force_login(standing.chi)
        invite(session=session, group=Chosen("role:chapter_officer", "Cán bộ"), by=standing.chi, at=timezone.now())
        assert_constant_queries(
            lambda: client.get(at(session, "invitees")), lambda: ask(session, standing.chi)
        )  # fmt: skip


def test_merged_erased_and_taken_along(session, standing):
    ask(session, standing.chi)
    move_invitations(duplicate=standing.chi.person, into=standing.an.person, by=None, at=timezone.now())
    [row] = Invitee.objects.all()
    assert row.person == standing.an.person
    assert sessions_part(standing.an.person)["session_invitations"][0]["title"] == session.title
    erase_invitations(person_ids=[standing.an.person_id])
    assert not Invitee.objects.exists()


class TestManyInvitations:
    @pytest.fixture(autouse=True)
    def many(self, session, standing, monkeypatch):
        monkeypatch.setattr(actions, "AT_ONCE", 1)
        ask(session, standing.chi)

    def ordered(self, session, by, moment=None):
        return actions.order_invitations(session=session, by=by, at=moment or timezone.now())

    def test_are_drawn_by_a_worker_a_page_each(self, session, standing, client, django_capture_on_commit_callbacks):
        client.force_login(standing.chi)
        page, file = at(session, "printing"), at(session, "printed")
        assert client.get(at(session, "invitations")).url == page
        assert client.get(file).status_code == 404
        assert not PrintRun.objects.exists()
        with django_capture_on_commit_callbacks():
            client.post(page)
            client.post(page)
        run = PrintRun.objects.get()
        assert 'hx-trigger="every 2s"' in client.get(page).text
        assert "<html" not in client.get(page, headers={"HX-Request": "true"}).text
        PrintRun.objects.update(state="drawing")  # its worker was killed, and the task is taken up again
        tasks.draw_invitations.func(run.pk)
        assert file in client.get(page).text
        pages = PdfReader(io.BytesIO(b"".join(client.get(file).streaming_content))).pages
        assert len(pages) == 2
        assert sum(standing.an.person.full_name in " ".join(one.extract_text().split()) for one in pages) == 1
        assert ModelLogEntry.objects.filter(action="sessions.print_invitations").count() == 1

    def test_are_not_there_for_others(self, session, standing, client):
        actions.draw_invitations(run=self.ordered(session, standing.chi), at=timezone.now())
        for who in ("an", "ha", "minh"):
            client.force_login(getattr(standing, who))
            assert client.get(at(session, "printing")).status_code == 404
            assert client.get(at(session, "printed")).status_code == 404
            assert client.post(at(session, "printing")).status_code == 404
            with pytest.raises(PermissionDenied):
                self.ordered(session, getattr(standing, who))
        assert PrintRun.objects.count() == 1

    def test_go_after_a_week_with_who_is_left_out_and_with_who_is_erased(self, session, standing):
        now = timezone.now()
        for drop in (
            lambda: sweep_session_files(now + 8 * DAY),
            lambda: actions.drop_invitations_naming(person_ids=[standing.an.person_id]),
            lambda: leave_out(invitee=Invitee.objects.get(person=standing.an.person), by=standing.chi, at=now),
        ):
            run = actions.draw_invitations(run=self.ordered(session, standing.chi, now), at=now)
            storage, name = run.file.storage, run.file.name
            drop()
            assert not storage.exists(name)
