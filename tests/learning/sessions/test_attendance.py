import datetime
import uuid
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from intake.actions import forget_left_behind
from intake.models import ImportLine
from learning.evidence.actions import RecordRefusedError, recording, seal, withdraw
from learning.evidence.ledger.inspection import inspect_ledger
from learning.evidence.models import Evidence, Unsealed
from learning.evidence.pages.sentences import provenance
from learning.evidence.registries import training
from learning.sessions import codes
from learning.sessions.actions import (
    How,
    check_in,
    hold_session,
    move_session,
    note_attendance,
    say_training,
    undo_attendance,
)
from learning.sessions.models import Session
from membership.actions import merge_people
from membership.models import Membership, Person, Role
from membership.people_sheet import Refusal
from tests.factories.evaluation import evidence_for, member_without_account
from tests.factories.people import START, PersonFactory
from tests.queries import assert_constant_queries

HOUR = datetime.timedelta(hours=1)
SESSIONS = "/buoi-tap-huan/to-chuc/"


def a_session(standing, starts_at=None, unit=None, by=None, **changes):
    starts_at = starts_at or timezone.now() - HOUR
    values = {
        "token": uuid.uuid4(), "unit": unit or standing.association, "title": "Nói chuyện chuyên đề",
        "place": "Nhà văn hóa", "starts_at": starts_at, "ends_at": starts_at + 2 * HOUR, "topics": ["ky-nang-so"],
        "by": by or standing.dung, "at": timezone.now(),
    }  # fmt: skip
    return hold_session(**(values | changes))


@pytest.fixture
def session(standing):
    return a_session(standing)


class TestActions:
    def test_same_form_twice_is_one_session(self, standing):
        token = uuid.uuid4()
        assert a_session(standing, token=token) == a_session(standing, token=token)
        assert Session.objects.count() == 1

    @pytest.mark.parametrize("who", ["an", "lan", "ha", "minh"])
    def test_refused_to_who_may_not_organise_there(self, standing, who):
        with pytest.raises(PermissionDenied):
            a_session(standing, by=getattr(standing, who))

    def test_a_session_ends_after_it_begins(self, standing):
        now = timezone.now()
        with pytest.raises(RecordRefusedError):
            a_session(standing, starts_at=now, ends_at=now)

    def test_the_organisers_list_is_evidence_once_and_says_so(self, session, standing):
        people = [standing.an.person, standing.chi.person]
        new = note_attendance(session=session, people=people, how=How.LIST, by=standing.dung, at=timezone.now())
        again = note_attendance(session=session, people=people, how=How.LIST, by=standing.dung, at=timezone.now())

        assert (len(new), len(again)) == (2, 0)
        evidence = Evidence.objects.get(person=standing.an.person)
        assert (evidence.title, evidence.topics, evidence.occurred_at) == (session.title, ["ky-nang-so"],
                                                                           session.starts_at)  # fmt: skip
        assert "danh sách điểm danh" in provenance(evidence)

    def test_nobody_is_noted_before_it_begins_nor_from_other_units(self, session, standing):
        later = a_session(standing, starts_at=timezone.now() + HOUR)
        for held, person in ((later, standing.an.person), (session, standing.ha.person)):
            with pytest.raises(RecordRefusedError):
                note_attendance(session=held, people=[person], how=How.LIST, by=standing.dung, at=timezone.now())

    @pytest.mark.parametrize("who", ["an", "chi", "ha"])
    def test_noting_is_refused_to_others(self, session, standing, who):
        with pytest.raises(PermissionDenied):
            note_attendance(
                session=session, people=[standing.an.person], how=How.LIST, by=getattr(standing, who),
                at=timezone.now(),
            )  # fmt: skip

    def test_a_member_checks_in_once_by_ticket(self, session, standing):
        ticket = codes.ticket_for(session.pk)
        first = check_in(ticket=ticket, by=standing.an, at=timezone.now())
        assert check_in(ticket=ticket, by=standing.an, at=timezone.now()) == first
        assert "mã chiếu tại buổi học" in provenance(first)

    def test_no_checking_in_out_of_hours_or_with_a_made_up_ticket(self, standing):
        past = a_session(standing, starts_at=timezone.now() - 5 * HOUR)
        for ticket in (codes.ticket_for(past.pk), "made-up"):
            with pytest.raises(RecordRefusedError):
                check_in(ticket=ticket, by=standing.an, at=timezone.now())

    def test_an_officer_strikes_off_who_was_not_there(self, session, standing):
        [noted] = note_attendance(
            session=session, people=[standing.an.person], how=How.LIST, by=standing.dung, at=timezone.now()
        )
        with pytest.raises(PermissionDenied):
            withdraw(evidence=noted, reason="", by=standing.an, at=timezone.now())
        withdraw(evidence=noted, reason="Ghi nhầm", by=standing.dung, at=timezone.now())
        assert not Evidence.objects.of_session(session).exists()

    @pytest.mark.parametrize("how", list(How))
    def test_of_themselves_the_organiser_says_no_more_than_anybody(self, session, standing, how):
        people = [standing.dung.person, standing.an.person]
        note_attendance(session=session, people=people, how=how, by=standing.dung, at=timezone.now())
        own = Evidence.objects.get(person=standing.dung.person)
        assert (own.source, own.verification, own.entered_by) == ("self", "none", "own_account")
        assert "tự ghi" in provenance(own)
        assert Evidence.objects.get(person=standing.an.person).verification == "document_seen"

    def test_their_own_word_they_take_back_on_their_page(self, session, standing, client):
        given = {"session": session, "people": [standing.dung.person], "how": How.LIST, "at": timezone.now()}
        [own] = note_attendance(by=standing.dung, **given)
        address, correct = (reverse(f"evidence:{name}", args=[own.pk]) for name in ("withdraw", "correct"))
        client.force_login(standing.dung)
        page = client.get("/minh-chung/", {"nam": timezone.localdate(own.occurred_at).year}).text
        assert address in page
        assert correct not in page
        assert client.get(correct).status_code == 404
        assert client.post(address, {"reason": "Ghi nhầm"}).status_code == 302
        assert not Evidence.objects.of_session(session).exists()

    def test_nor_by_the_code_on_their_own_screen(self, session, standing):
        ticket = codes.ticket_for(session.pk)
        own = check_in(ticket=ticket, by=standing.dung, at=timezone.now())
        assert check_in(ticket=ticket, by=standing.dung, at=timezone.now()) == own
        assert (own.source, own.verification) == ("self", "none")

    def test_another_organiser_vouches_for_them_and_then_that_stands(self, session, standing):
        given = {"session": session, "people": [standing.dung.person], "how": How.LIST, "at": timezone.now()}
        [own] = note_attendance(by=standing.dung, **given)
        [seen] = note_attendance(by=standing.giang, **given)
        assert (seen.supersedes, seen.verification) == (own, "document_seen")
        assert note_attendance(by=standing.dung, **given) == []
        assert Evidence.objects.of_session(session).get() == seen

    def test_what_they_said_of_themselves_they_take_back(self, session, standing):
        [own] = note_attendance(
            session=session, people=[standing.dung.person], how=How.LIST, by=standing.dung, at=timezone.now()
        )
        withdraw(evidence=own, reason="Nhầm", by=standing.dung, at=timezone.now())
        assert not Evidence.objects.of_session(session).exists()

    def test_what_they_took_back_they_say_anew(self, session, standing):
        given = {"session": session, "people": [standing.dung.person], "how": How.LIST, "at": timezone.now()}
        for _time in range(3):
            [own] = note_attendance(by=standing.dung, **given)
            assert note_attendance(by=standing.dung, **given) == []
            assert Evidence.objects.of_session(session).get() == own
            withdraw(evidence=own, reason="Nhầm", by=standing.dung, at=timezone.now())


class TestTraining:
    @pytest.fixture(autouse=True)
    def offered(self, monkeypatch):
        monkeypatch.setattr(training, "offers", [lambda: [("tieu-chi", "Bộ tiêu chí")]])

    def note(self, session, standing, *people, by=None):
        given = {"session": session, "people": [one.person for one in people], "how": How.LIST, "at": timezone.now()}
        return note_attendance(by=by or standing.dung, **given)

    def say(self, session, *chosen, by):
        return say_training(session=session, chosen=chosen, by=by, at=timezone.now())

    def test_is_written_for_all_at_once_and_waits_for_its_seal(self, session, standing):
        self.note(session, standing, standing.an, standing.chi)
        new = self.say(session, "tieu-chi", "khong-co", by=standing.dung)
        assert [row.topics for row in new] == [["ky-nang-so", "tieu-chi"]] * 2
        assert {row.person_id: row.unit_id for row in new} == {
            row.person_id: row.unit_id for row in Evidence.objects.filter(supersedes=None)
        }
        assert Unsealed.objects.filter(pk__in=[row.pk for row in new]).count() == 2
        assert self.say(session, "tieu-chi", by=standing.dung) == []

    def test_many_cost_no_more_statements(self, session, standing):
        turns = iter([["tieu-chi"], [], ["tieu-chi"], []] * 3)

        def more():
            for _number in range(4):
                person = member_without_account(standing.chapter)
                note_attendance(session=session, people=[person], how=How.LIST, by=standing.dung, at=timezone.now())

        more()
        assert_constant_queries(lambda: self.say(session, *next(turns), by=standing.dung), more)

    def test_nobody_says_it_of_themselves(self, session, standing, client):
        [seen] = self.note(session, standing, standing.dung, by=standing.giang)
        assert self.say(session, "tieu-chi", by=standing.dung) == []
        assert Evidence.objects.of_session(session).get() == seen
        address, hint = f"{SESSIONS}{session.pk}/", "không ai tự xác nhận cho mình"
        client.force_login(standing.dung)
        assert hint in client.get(address).text
        [said] = self.say(session, "tieu-chi", by=standing.giang)
        assert (said.supersedes, said.topics) == (seen, ["ky-nang-so", "tieu-chi"])
        assert hint not in client.get(address).text

    def test_keys_grow_no_longer_with_each_change(self, session, standing):
        [noted] = self.note(session, standing, standing.an)
        for turn in range(1, 13):
            [row] = self.say(session, *["tieu-chi"][: turn % 2], by=standing.dung)
            assert row.source_key == f"{noted.source_key}+{turn}"

    def test_who_was_struck_off_meanwhile_is_passed_over(self, session, standing, monkeypatch):
        struck, _other = self.note(session, standing, standing.an, standing.chi)
        insert = recording._insert

        def slowly(rows):
            monkeypatch.setattr(recording, "_insert", insert)
            withdraw(evidence=struck, reason="Nhầm", by=standing.dung, at=timezone.now())
            return insert(rows)

        monkeypatch.setattr(recording, "_insert", slowly)
        assert [row.person for row in self.say(session, "tieu-chi", by=standing.dung)] == [standing.chi.person]
        assert Evidence.objects.of_session(session).get().person == standing.chi.person

    def test_who_is_noted_from_a_page_of_before_is_noted_with_what_was_said_since(self, session, standing):
        stale = Session.objects.get()
        self.say(session, "tieu-chi", by=standing.dung)
        [noted] = self.note(stale, standing, standing.an)
        assert noted.topics == ["ky-nang-so", "tieu-chi"]

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
    def test_who_checks_in_waits_for_who_says_it(self, session, standing):
        with CaptureQueriesContext(connection) as asked:
            check_in(ticket=codes.ticket_for(session.pk), by=standing.an, at=timezone.now())
        assert any("FOR UPDATE" in query["sql"] for query in asked.captured_queries)


class TestCodes:
    def test_another_code_each_minute_good_for_the_next_one_too(self):
        session, now = uuid.uuid4(), datetime.datetime(2026, 5, 4, 9, 0, 30, tzinfo=datetime.UTC)
        code = codes.code_at(session, now)

        assert len(code) == 8
        assert codes.code_at(session, now + datetime.timedelta(seconds=60)) != code
        assert codes.is_current(session, code, now + datetime.timedelta(seconds=60))
        assert not codes.is_current(session, code, now + datetime.timedelta(seconds=120))
        assert not codes.is_current(session, code, now - datetime.timedelta(seconds=60))
        assert not codes.is_current(uuid.uuid4(), code, now)

    def test_typed_digits_find_their_session(self):
        sessions, now = [uuid.uuid4(), uuid.uuid4()], timezone.now()
        code = codes.code_at(sessions[1], now)
        assert codes.session_of(f" {code[:4]} {code[4:]} ", sessions, now) == sessions[1]
        assert codes.session_of("", sessions, now) is None


class TestCheckInPages:
    def test_scanned_without_account_leads_through_signing_in(self, client, session):
        address = f"/diem-danh/{session.pk}/{codes.code_at(session.pk, timezone.now())}/"
        ticket = client.get(address).url
        assert client.get(ticket).url.startswith("/tai-khoan/")

    def test_one_button_checks_in(self, client, session, standing):
        client.force_login(standing.an)
        address = f"/diem-danh/{session.pk}/{codes.code_at(session.pk, timezone.now())}/"
        page = client.get(address, follow=True)
        assert session.title in page.content.decode()
        assert not Evidence.objects.exists()
        said = client.post(page.redirect_chain[-1][0], follow=True).content.decode()
        assert "Bạn đã điểm danh" in said
        assert Evidence.objects.get().person == standing.an.person

    def test_an_old_code_says_what_to_do(self, client, session):
        code = codes.code_at(session.pk, timezone.now() - datetime.timedelta(minutes=3))
        response = client.get(f"/diem-danh/{session.pk}/{code}/")
        assert response.status_code == 410
        assert "quét lại" in response.content.decode()

    def test_digits_may_be_typed(self, client, session, standing):
        client.force_login(standing.an)
        right = client.post("/diem-danh/", {"code": codes.code_at(session.pk, timezone.now())})
        assert right.url.startswith("/diem-danh/ve/")
        assert client.post("/diem-danh/", {"code": "00000000"}).status_code == 422


class TestOrganisersPages:
    @pytest.fixture
    def dung(self, client, standing):
        client.force_login(standing.dung)
        return client

    def test_holds_a_session(self, dung, standing):
        day = timezone.localdate().isoformat()
        typed = {"title": "Tập huấn", "unit": standing.association.pk, "place": "", "day": day, "begins": "08:00",
                 "ends": "11:00", "token": uuid.uuid4()}  # fmt: skip
        assert "Tập huấn" in dung.post(f"{SESSIONS}them/", typed, follow=True).content.decode()
        assert dung.post(f"{SESSIONS}them/", typed | {"ends": "07:00"}).status_code == 422
        assert dung.post(f"{SESSIONS}them/", typed | {"unit": standing.foreign_association.pk}).status_code == 422

    def test_notes_from_the_list(self, dung, session, standing):
        page = dung.get(f"{SESSIONS}{session.pk}/", {"q": "an"}).content.decode()
        assert standing.an.person.code in page
        assert standing.ha.person.code not in page
        chosen = {"person": [standing.an.person_id, standing.ha.person_id]}
        assert "Đã ghi 1 người có mặt" in dung.post(
            f"{SESSIONS}{session.pk}/co-mat/", chosen, follow=True
        ).content.decode()  # fmt: skip

    def test_who_was_struck_off_is_not_said_to_be_noted(self, dung, session, standing):
        chosen, address = {"person": [standing.an.person_id]}, f"{SESSIONS}{session.pk}/co-mat/"
        dung.post(address, chosen)
        withdraw(evidence=Evidence.objects.get(), reason="Nhầm", by=standing.dung, at=timezone.now())
        page = dung.post(address, chosen, follow=True).content.decode()
        assert "Không ghi thêm ai" in page
        assert "Đã ghi 0 người" not in page

    def test_the_screen_shows_code_and_digits(self, dung, session):
        page = dung.get(f"{SESSIONS}{session.pk}/ma/").content.decode()
        code = codes.code_at(session.pk, timezone.now())
        assert f"{code[:4]} {code[4:]}" in page
        assert "data:image/svg+xml" in page

    def test_of_oneself_one_is_told_what_it_counts_as_and_others_can_still_note_it(
        self, client, dung, session, standing
    ):
        typed = {"person": [standing.dung.person_id]}
        page = dung.post(f"{SESSIONS}{session.pk}/co-mat/", typed, follow=True).content.decode()
        assert "tính là tự khai" in page
        address = f"{SESSIONS}{session.pk}/?q={standing.dung.person.code}"
        assert f'value="{standing.dung.person_id}"' not in dung.get(address).content.decode()
        client.force_login(standing.giang)
        assert f'value="{standing.dung.person_id}"' in client.get(address).content.decode()

    @pytest.mark.parametrize("who", ["an", "ha", "chi"])
    @pytest.mark.parametrize("page", ["", "ma/", "nhap/"])
    def test_is_not_there_for_others(self, client, session, standing, who, page):
        client.force_login(getattr(standing, who))
        assert client.get(f"{SESSIONS}{session.pk}/{page}").status_code == 404

    def test_queries_do_not_grow_with_rows(self, dung, session, standing):
        def more():
            for number in range(4):
                person = member_without_account(standing.chapter)
                if number % 2:
                    note_attendance(session=session, people=[person], how=How.LIST, by=standing.dung, at=timezone.now())
            a_session(standing)

        more()
        for address in (SESSIONS, f"{SESSIONS}{session.pk}/", "/minh-chung/ghi-nhan/?q=nguyen"):
            assert_constant_queries(lambda address=address: dung.get(address), more)


class TestSpreadsheet:
    @pytest.fixture
    def address(self, client, session, standing):
        client.force_login(standing.dung)
        return f"{SESSIONS}{session.pk}/nhap/"

    def lines(self, standing):
        namesake = PersonFactory(full_name=standing.an.person.full_name, birth_year=1980, code="TRUNGTEN")
        Membership.objects.create(person=namesake, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
        return [
            ["Danh sách dự hội nghị"],
            ["STT", "Mã", "Họ và tên", "Năm sinh"],
            [1, standing.chi.person.code, "", None],
            [2, "", "TRAN THI AN", 1980],
            [3, "", "Trần Thị An", None],
            [4, "", "Người Lạ", 1970],
            [5, standing.chi.person.code, "", None],
            [6, standing.ha.person.code, "", None],
            [7, "", "", None],
        ]

    def test_dry_run_says_line_by_line_and_saves_nothing_until_agreed(self, client, address, standing):
        page = client.post(address, {"file": sheet(self.lines(standing))}, follow=True)

        assert self.outcomes(page) == [
            (3, "create"), (4, "create"), (5, Refusal.SEVERAL.label), (6, Refusal.UNKNOWN.label),
            (7, Refusal.TWICE.label), (8, Refusal.UNKNOWN.label),
        ]  # fmt: skip
        assert not Evidence.objects.exists()

        plan = page.redirect_chain[-1][0]
        assert "Đã ghi 2 người có mặt" in client.post(plan, {"way": "apply"}, follow=True).content.decode()
        client.post(plan, {"way": "apply"})

        people = set(Evidence.objects.values_list("person__code", flat=True))
        assert people == {standing.chi.person.code, "TRUNGTEN"}
        assert "bảng tính" in provenance(Evidence.objects.first())
        again = client.post(address, {"file": sheet(self.lines_again())}, follow=True)
        assert [outcome for _line, outcome in self.outcomes(again)] == ["same"]

    def outcomes(self, page):
        """Of each line of the file what becomes of it, and of those left out why."""
        return [(line.line, line.reasons[0] if line.outcome == "skip" else line.outcome)
                for line in page.context["table"].page]  # fmt: skip

    def test_nobody_is_noted_before_the_session_begins(self, client, standing):
        client.force_login(standing.dung)
        later = a_session(standing, starts_at=timezone.now() + HOUR)
        content = sheet([["Mã"], [standing.an.person.code]])
        page = client.post(f"{SESSIONS}{later.pk}/nhap/", {"file": content}, follow=True)
        said = client.post(page.redirect_chain[-1][0], {"way": "apply"}, follow=True).content.decode()
        assert "chưa bắt đầu" in said
        assert not Evidence.objects.exists()

    def test_what_names_people_is_forgotten_once_it_can_be_undone_no_more(self, client, address, standing):
        plan = self.brought_in(client, address, standing.chi.person)
        assert plan in client.get(address).content.decode()
        forget_left_behind(at=timezone.now() + HOUR * 24 * 6)
        assert ImportLine.objects.exists()
        forget_left_behind(at=timezone.now() + HOUR * 24 * 8)
        assert not ImportLine.objects.exists()

    def test_a_file_brought_in_is_undone_and_who_was_there_may_be_noted_anew(self, client, address, session, standing):
        plan = self.brought_in(client, address, standing.an.person, standing.chi.person)
        said = client.post(plan, {"way": "undo"}, follow=True).content.decode()
        assert "2 người không còn được ghi có mặt" in said
        assert not Evidence.objects.of_session(session).exists()
        assert Evidence.objects.filter(kind="withdrawal", details__is_undone=True).count() == 2
        client.post(plan, {"way": "undo"})
        assert Evidence.objects.count() == 4

        self.brought_in(client, address, standing.an.person)
        assert Evidence.objects.of_session(session).get().person == standing.an.person
        seal(at=timezone.now())
        assert not inspect_ledger().faults

    def test_who_was_noted_before_stays(self, client, address, session, standing):
        by_list = {"session": session, "how": How.LIST, "by": standing.dung, "at": timezone.now()}
        note_attendance(people=[standing.chi.person], **by_list)
        plan = self.brought_in(client, address, standing.an.person, standing.chi.person)
        client.post(plan, {"way": "undo"})
        assert Evidence.objects.of_session(session).standing().get().person == standing.chi.person

    @pytest.mark.parametrize("change", ["corrected", "struck off", "confirmed"])
    def test_a_row_changed_since_stays_as_it_became_and_says_so(
        self, client, address, session, standing, monkeypatch, change
    ):
        monkeypatch.setattr(training, "offers", [lambda: [("tieu-chi", "Tiêu chí")]])
        plan = self.brought_in(client, address, standing.an.person, standing.dung.person)
        changed, other = standing.an.person, standing.dung.person
        by = {"by": standing.dung, "at": timezone.now()}
        if change == "corrected":
            say_training(session=session, chosen=["tieu-chi"], **by)
        elif change == "struck off":
            noted = Evidence.objects.of_session(session).get(person=changed)
            withdraw(evidence=noted, reason="Ghi nhầm", **by)
        else:
            changed, other = other, changed
            note_attendance(session=session, people=[changed], how=How.LIST, **(by | {"by": standing.giang}))
        became = set(Evidence.objects.filter(person=changed).values_list("pk", flat=True))

        page = client.post(plan, {"way": "undo"}, follow=True).content.decode()

        assert "1 người không còn được ghi có mặt" in page
        assert set(Evidence.objects.filter(person=changed).values_list("pk", flat=True)) == became
        assert not Evidence.objects.undone_in(session).filter(person=changed).exists()
        assert Evidence.objects.undone_in(session).get().person == other
        [kept] = ImportLine.objects.filter(outcome="skip")
        assert kept.line == (2 if changed == standing.an.person else 3)
        assert kept.reasons == ["Giữ nguyên: đã được sửa sau đó, hoặc đã ghi từ trước."]
        assert kept.reasons[0] in client.get(plan).content.decode()

    def test_a_closed_session_is_opened_first(self, client, address, session, standing):
        plan = self.brought_in(client, address, standing.an.person)
        session.refresh_from_db()
        move_session(session=session, step="close", by=standing.dung, at=timezone.now())
        assert "Hãy mở lại" in client.post(plan, {"way": "undo"}, follow=True).content.decode()
        assert Evidence.objects.of_session(session).exists()
        move_session(session=session, step="reopen", by=standing.dung, at=timezone.now())
        client.post(plan, {"way": "undo"})
        assert not session.certificates.standing().exists()

    def test_only_who_brought_it_in_undoes_it(self, client, address, session, standing):
        plan = self.brought_in(client, address, standing.an.person)
        client.force_login(standing.giang)
        assert client.post(plan, {"way": "undo"}).status_code == 404
        with pytest.raises(PermissionDenied):
            undo_attendance(session=session, noted=[], by=standing.ha, at=timezone.now())
        assert Evidence.objects.of_session(session).exists()

    def brought_in(self, client, address, *people):
        page = client.post(address, {"file": sheet([["Mã"], *[[person.code] for person in people]])}, follow=True)
        plan = page.redirect_chain[-1][0]
        client.post(plan, {"way": "apply"})
        return plan

    def test_of_a_whole_province_only_who_is_named_is_read(self, client, address, standing):
        for _number in range(30):
            member_without_account(standing.chapter)
        read = []

        def note(instance, **_sent):
            read.append(instance.pk)

        post_init.connect(note, sender=Person)
        try:
            client.post(address, {"file": sheet([["Mã"], [standing.chi.person.code]])})
        finally:
            post_init.disconnect(note, sender=Person)
        assert set(read) == {standing.chi.person_id, standing.dung.person_id}  # and who asks

    def test_of_oneself_the_plan_says_what_it_counts_as(self, client, address, standing):
        page = client.post(address, {"file": sheet([["Mã"], [standing.dung.person.code]])}, follow=True)
        assert "tính là tự khai" in page.content.decode()
        client.post(page.redirect_chain[-1][0], {"way": "apply"})
        assert Evidence.objects.get().verification == "none"

    def lines_again(self):
        return [["Mã"], ["TRUNGTEN"]]

    @pytest.mark.parametrize("content", [b"", b"khong phai xlsx", b"PK\x03\x04 hong"])
    def test_what_is_no_spreadsheet_is_explained(self, client, address, content):
        response = client.post(address, {"file": SimpleUploadedFile("a.xlsx", content)})
        assert response.status_code == 422

    def test_without_a_column_it_knows_it_says_so(self, client, address):
        assert "Mã" in client.post(address, {"file": sheet([["A", "B"], [1, 2]])}).content.decode()

    def test_what_another_agreed_to_is_refused(self, client, address, session, standing):
        page = client.post(address, {"file": sheet(self.lines(standing))}, follow=True)
        plan = page.redirect_chain[-1][0]
        assert client.post(f"{address}{uuid.uuid4()}/", {"way": "apply"}).status_code == 404
        other = a_session(standing)
        assert client.post(plan.replace(str(session.pk), str(other.pk)), {"way": "apply"}).status_code == 404
        client.force_login(standing.giang)
        assert client.post(plan, {"way": "apply"}).status_code == 404
        assert not Evidence.objects.exists()


def sheet(lines):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    content = BytesIO()
    workbook.save(content)
    return SimpleUploadedFile("danh-sach.xlsx", content.getvalue())


class TestMerging:
    """Two records of one person at one session."""

    @pytest.fixture
    def twin(self, standing):
        return member_without_account(standing.chapter)

    def note(self, session, by, *people):
        return note_attendance(session=session, people=people, how=How.LIST, by=by, at=timezone.now())

    def merge(self, standing, twin):
        merge_people(duplicate=twin, into=standing.an.person, by=standing.dung, at=timezone.now())

    def test_a_duplicates_attendance_stays_on_the_list_and_is_not_noted_again(self, standing, session, twin):
        self.note(session, standing.dung, twin)
        self.merge(standing, twin)
        assert [row.person for row in Evidence.objects.for_session(session)] == [standing.an.person]
        assert self.note(session, standing.dung, standing.an.person) == []
        assert say_training(session=session, chosen=[], by=standing.dung, at=timezone.now()) == []

    def test_whoever_was_there_under_both_records_was_there_once(self, standing, session, twin):
        self.note(session, standing.dung, twin, standing.an.person)
        self.merge(standing, twin)
        there = Evidence.objects.filter(kind="attendance", person=standing.an.person).standing().get()
        assert there.source_key == session.key_of(standing.an.person_id)

    def test_of_the_two_the_one_that_somebody_vouched_for_stays(self, standing, session, twin):
        own = {"how": "self", "session": str(session.pk)}
        evidence_for(standing.an.person, kind="attendance", source="self", verification="none", details=own,
                     source_key=f"{session.key_of(standing.an.person_id)}:self")  # fmt: skip
        self.note(session, standing.dung, twin)
        self.merge(standing, twin)
        there = Evidence.objects.for_session(session).get()
        assert (there.person, there.verification) == (standing.an.person, "document_seen")

    def test_what_the_persons_own_other_account_noted_gives_way_to_what_somebody_vouched_for(
        self, standing, session, twin
    ):
        own = {"how": "list", "session": str(session.pk), "noted_by": standing.an.pk}
        evidence_for(standing.an.person, kind="attendance", verification="document_seen", details=own,
                     source_key=session.key_of(standing.an.person_id))  # fmt: skip
        self.note(session, standing.dung, twin)
        self.merge(standing, twin)
        there = Evidence.objects.for_session(session).get()
        assert (there.verification, there.details["noted_by"]) == ("document_seen", standing.dung.pk)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/minh-chung/buoi/", SESSIONS),
        ("/minh-chung/buoi/them/?x=1", f"{SESSIONS}them/"),
        ("/minh-chung/diem-danh/", "/diem-danh/"),
    ],
)
def test_old_addresses_lead_on(client, old, new):
    assert client.get(old).headers["Location"] == new
