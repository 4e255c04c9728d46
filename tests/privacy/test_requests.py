"""What people ask about their data: filed, acknowledged, answered within the law's days, and what follows."""

import contextlib
import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from evaluation.criteria.actions import score_people
from evaluation.criteria.bulk import Range
from evaluation.criteria.models import SuggestedScores
from evaluation.dossiers.actions import open_dossier, submit
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Dossier
from home.landing import next_steps
from learning.evidence.actions import record
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from membership.actions import erase_person, grant_role, merge_people
from membership.export import export
from membership.models import FileAccess, Membership, Person, Role
from notices.models import Notice
from privacy import dated
from privacy.actions import acknowledge, file_request, grant, keep_terms, lift, refuse, remind
from privacy.models import Clock, Holiday, Request, Term
from tests.factories.evaluation import AT, YEAR, draft_dossier, evidence_for, sample_criteria
from tests.factories.evidence import NOW, a_fact
from tests.factories.people import START, PersonFactory, add_user
from tests.queries import assert_constant_queries
from tests.taken import told

DESK = "/du-lieu-ca-nhan/yeu-cau/"
OWN = "/du-lieu-ca-nhan/cua-toi/"
D = datetime.date
BEFORE_TET = datetime.datetime(2026, 2, 12, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
State = Request.State


@pytest.fixture
def ask(standing):
    def asked(kind, who="an", by=None, at=None):
        person = getattr(standing, who).person
        user = getattr(standing, by or who)
        return file_request(person=person, kind=kind, words="Sai năm sinh", by=user, at=at or timezone.now())

    return asked


def test_a_request_has_the_laws_days_over_tet(ask):
    asked = ask(Clock.CORRECT, at=BEFORE_TET)
    assert (asked.acknowledge_by, asked.due_on) == (D(2026, 2, 23), D(2026, 2, 23))
    Term.objects.filter(clock=Clock.ERASE).update(number=40)
    assert ask(Clock.ERASE, at=BEFORE_TET).due_on == D(2026, 3, 24)


def test_without_days_nothing_is_promised(ask):
    Term.objects.filter(clock=Clock.SEE).delete()
    with pytest.raises(ValidationError):
        ask(Clock.SEE)


def test_asked_twice_is_once_until_it_is_answered(standing, ask):
    first = ask(Clock.SEE)
    assert ask(Clock.SEE, by="chi") == first
    refuse(request=first, answer="Đã gửi hôm qua", by=standing.dung, at=timezone.now())
    assert ask(Clock.SEE) != first


def test_only_the_person_and_officers_of_theirs_ask(ask):
    assert ask(Clock.SEE, by="chi").is_by_officer
    for stranger in ("ha", "lan", "binh"):
        with pytest.raises(PermissionDenied):
            ask(Clock.TAKE_ALONG, by=stranger)


def test_states_follow_each_other_and_no_further(standing, ask):
    asked, at = ask(Clock.SEE), timezone.now()
    assert asked.moves == ["acknowledge", "grant", "refuse"]
    assert acknowledge(request=asked, by=standing.dung, at=at).moves == ["grant", "refuse"]
    with pytest.raises(ValidationError):
        grant(request=asked, answer="  ", by=standing.dung, at=at)
    assert grant(request=asked, answer="Đã trao bản in", by=standing.dung, at=at).moves == []
    for step in (grant, refuse, lift):
        with pytest.raises(ValidationError):
            step(request=asked, answer="Lần nữa", by=standing.dung, at=at)


def test_nobody_answers_their_own_nor_beyond_their_reach(standing, ask):
    for asked, who in ((ask(Clock.SEE), "ha"), (ask(Clock.SEE, who="dung"), "dung"), (ask(Clock.ERASE), "chi")):
        with pytest.raises(PermissionDenied):
            refuse(request=asked, answer="Không", by=getattr(standing, who), at=timezone.now())


def test_who_is_restricted_is_on_no_list_and_nothing_is_written_about_them(standing, ask, client):
    sample_criteria()
    person = standing.an.person
    dossier = open_dossier(person=person, year=YEAR, by=standing.an, at=AT)
    client.force_login(standing.an)
    assert client.get("/ho-so/").status_code == 200

    asked = grant(request=ask(Clock.RESTRICT), answer="Tạm ngừng", by=standing.dung, at=timezone.now())

    assert client.get("/ho-so/").url == OWN  # at once, in every session
    assert "Dữ liệu của bạn tạm thời không được sử dụng" in client.get(OWN).content.decode()
    with pytest.raises(ValidationError):
        record(fact=a_fact(person), by=None, at=NOW)
    with pytest.raises(RefusedError):
        submit(dossier=dossier, by=standing.an, at=AT)
    assert person not in Person.objects.belonging_below(standing.chapter, timezone.localdate())
    client.force_login(standing.chi)
    assert person.full_name not in client.get("/phieu-dang-nhap/").content.decode()

    lift(request=asked, answer="Người dân đề nghị", by=standing.dung, at=timezone.now())
    assert record(fact=a_fact(person), by=None, at=NOW)
    assert person in Person.objects.belonging_below(standing.chapter, timezone.localdate())


def test_an_officer_hands_over_before_they_are_restricted(standing, ask):
    with pytest.raises(ValidationError):
        grant(request=ask(Clock.RESTRICT, who="chi"), answer="Tạm ngừng", by=standing.dung, at=timezone.now())


def test_who_is_restricted_waits_on_no_desk_and_takes_no_office(standing):
    sample_criteria()
    person = standing.an.person
    evidence_for(person, kind=Kind.EXTERNAL_CERTIFICATE, verification="none")
    submit(dossier=draft_dossier(standing.an), by=standing.an, at=AT)
    lists = (Dossier.objects.visible_to(standing.dung).for_listing(), Evidence.objects.for_verifying(standing.dung))
    assert [found.count() for found in lists] == [1, 1]
    Person.objects.filter(pk=person.pk).update(restricted_at=AT)
    assert [found.count() for found in lists] == [0, 0]
    with pytest.raises(ValidationError):
        grant_role(
            person=person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START, by=standing.dung, at=NOW
        )


def test_nothing_is_suggested_about_who_objects(standing, ask):
    sample_criteria()
    person, everyone = standing.an.person, Range(0, 10**9)
    evidence_for(person)
    dossier = open_dossier(person=person, year=YEAR, by=standing.an, at=AT)
    score_people(year=YEAR, day=AT.date(), people=everyone)
    suggested = dossier.scores.exclude(suggested_points=None)
    assert suggested.exists()

    asked = grant(request=ask(Clock.OBJECT), answer="Từ nay không gợi ý", by=standing.dung, at=timezone.now())
    evidence_for(person)
    score_people(year=YEAR, day=AT.date(), people=everyone)
    assert not suggested.exists()
    assert not SuggestedScores.objects.filter(person=person).exists()

    lift(request=asked, answer="Người dân đề nghị", by=standing.dung, at=timezone.now())
    assert suggested.exists()


def test_a_granted_erasure_erases_and_keeps_no_word(standing, ask):
    asked = grant(
        request=ask(Clock.ERASE), answer="Đã xóa dữ liệu của Trần Thị An", by=standing.dung, at=timezone.now()
    )
    asked.refresh_from_db()
    assert (asked.state, asked.words, asked.answer) == (State.GRANTED, "", "")
    assert Person.objects.get(pk=standing.an.person_id).erased_at


def test_the_person_takes_along_what_they_asked_and_loses_it_with_an_erasure(standing, ask):
    ask(Clock.CORRECT)
    assert export(standing.an.person)["data_requests"][0]["words"] == "Sai năm sinh"
    erase_person(person=standing.an.person, by=standing.dung, at=timezone.now())
    assert Request.objects.get().words == ""


def test_merging_keeps_one_open_request_by_the_earlier_day_and_every_limit(standing, ask):
    sample_criteria()
    evidence_for(standing.an.person)
    score_people(year=YEAR, day=AT.date(), people=Range(0, 10**9))
    double = PersonFactory(full_name="Trần Thị An", objected_at=timezone.now())
    Membership.objects.create(person=double, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    ask(Clock.SEE)
    earlier = file_request(person=double, kind=Clock.SEE, words="", by=standing.chi, at=BEFORE_TET)
    into = merge_people(duplicate=double, into=standing.an.person, by=standing.dung, at=timezone.now())
    assert Request.objects.open().get(person=into).due_on == earlier.due_on
    assert Person.objects.get(pk=into.pk).objected_at
    assert not SuggestedScores.objects.filter(person=into).exists()


def test_a_restricted_record_is_not_merged_into_an_officers(standing):
    double = PersonFactory(full_name="Phạm Thị Chi", restricted_at=timezone.now())
    Membership.objects.create(person=double, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    with pytest.raises(ValidationError):
        merge_people(duplicate=double, into=standing.chi.person, by=standing.dung, at=timezone.now())


def test_officers_are_reminded_before_the_day(standing, ask):
    asked = ask(Clock.SEE, at=BEFORE_TET)
    assert remind(at=BEFORE_TET) == 0
    assert remind(at=datetime.datetime(2026, 2, 21, 7, tzinfo=datetime.UTC)) == 2
    assert remind(at=datetime.datetime(2026, 2, 21, 19, tzinfo=datetime.UTC)) == 0
    told = Notice.objects.filter(kind="request-due")
    assert {notice.person for notice in told} == {standing.dung.person, standing.giang.person}
    assert all("Trần Thị An" not in notice.words and f"{DESK}{asked.pk}/" == notice.address for notice in told)
    refuse(request=asked, answer="Không có căn cứ", by=standing.dung, at=timezone.now())
    assert remind(at=timezone.now()) == 0


def test_its_days_stand_in_the_calendars_of_who_asked_and_of_who_answers(standing, ask):
    asked, day = ask(Clock.SEE, at=BEFORE_TET), BEFORE_TET.date()
    (own,), (heard,) = dated.own(standing.an.person_id, day), dated.of_office(standing.dung.person_id, day)
    assert (own.begins, heard.begins) == (asked.due_on, asked.acknowledge_by)
    assert [*dated.of_office(standing.an.person_id, day), *dated.of_office(standing.ha.person_id, day)] == []
    acknowledge(request=asked, by=standing.dung, at=BEFORE_TET)
    assert dated.dated_by_request([asked.pk])[asked.pk].begins == asked.due_on
    refuse(request=asked, answer="Không có căn cứ", by=standing.dung, at=BEFORE_TET)
    assert [*dated.own(standing.an.person_id, day), *dated.of_office(standing.dung.person_id, day)] == []


@pytest.mark.parametrize(("who", "status"), [("an", 404), ("chi", 404), ("lan", 404), ("dung", 200), ("giang", 200)])
def test_the_desk_is_open_to_who_answers(standing, ask, client, who, status):
    asked = ask(Clock.SEE)
    client.force_login(getattr(standing, who))
    assert client.get(DESK).status_code == status
    assert client.get(f"{DESK}{asked.pk}/").status_code == status
    with contextlib.closing(client.get(f"{DESK}{asked.pk}/du-lieu.zip")) as answer:
        assert answer.status_code == status


def test_the_desk_asks_no_more_for_more_requests(standing, ask, client):
    client.force_login(standing.dung)
    ask(Clock.SEE)
    assert_constant_queries(lambda: client.get(DESK), lambda: [ask(clock) for clock in (Clock.ERASE, Clock.CORRECT)])


def test_a_person_asks_and_an_officer_answers_on_pages(standing, client):
    client.force_login(standing.an)
    assert client.post(OWN, {"words": "x"}).status_code == 422
    assert client.post(OWN, {"kind": "take_along", "words": ""}).status_code == 302
    asked = Request.objects.get()
    client.force_login(standing.dung)
    assert "1 yêu cầu về dữ liệu cá nhân đang chờ bạn." in [
        step.title for step in next_steps(standing.dung, timezone.now())
    ]
    client.post(f"{DESK}{asked.pk}/tiep-nhan/")
    handed = told(client.get(f"{DESK}{asked.pk}/du-lieu.zip"))
    assert handed["person"]["code"] == standing.an.person.code
    assert FileAccess.objects.get().what == "export"
    assert client.post(f"{DESK}{asked.pk}/", {"move": "lift", "answer": "x"}).status_code == 422
    client.post(f"{DESK}{asked.pk}/", {"move": "grant", "answer": "Đã trao bản sao"})
    client.force_login(standing.an)
    assert "Đã trao bản sao" in client.get(OWN).content.decode()


def test_an_officer_enters_what_was_asked_at_a_desk(standing, client):
    client.force_login(standing.chi)
    address = f"{DESK}nhap-giup/"
    foreign = {"code": standing.ha.person.code, "kind": "see", "words": ""}
    assert client.post(address, foreign).status_code == 422
    client.post(address, foreign | {"code": standing.an.person.code.lower()})
    assert Request.objects.get().filed_by == standing.chi


def test_the_province_sets_days_and_holidays(standing, client):
    address = "/du-lieu-ca-nhan/thoi-han/"
    client.force_login(standing.giang)
    page = client.get(address)
    assert "16/02/2026 Tết Nguyên đán" in page.content.decode()
    form = page.context["form"]
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    assert client.post(address, sent | {"holidays": "hôm nào đó"}).status_code == 422
    seeing = Term.objects.get(clock=Clock.SEE)
    client.post(address, sent | {f"number_{seeing.pk}": 7, "holidays": "02/09/2028 Quốc khánh"})
    seeing.refresh_from_db()
    assert seeing.number == 7
    assert [str(holiday) for holiday in Holiday.objects.all()] == ["02/09/2028"]
    with pytest.raises(PermissionDenied):
        keep_terms(numbers={}, holidays={}, by=standing.dung, at=timezone.now())


def test_who_moved_is_answered_where_they_are_now(standing, ask, client):
    asked = ask(Clock.SEE)
    Membership.objects.filter(person=standing.an.person).update(unit=standing.foreign_chapter)
    client.force_login(standing.dung)
    assert client.get(f"{DESK}{asked.pk}/du-lieu.zip").status_code == 404
    client.force_login(standing.ha)
    client.post(f"{DESK}{asked.pk}/", {"move": "refuse", "answer": "Đã gửi hôm qua"})
    asked.refresh_from_db()
    assert asked.state == State.REFUSED


def test_who_belongs_nowhere_is_seen_by_who_may_answer(standing, ask):
    asked = ask(Clock.SEE)
    Membership.objects.filter(person=standing.an.person).delete()
    assert not Request.objects.visible_to(standing.giang).exists()
    administrator = add_user("quantri", "Dương Quốc Quản", is_superuser=True)
    assert Request.objects.visible_to(administrator).get() == asked


def test_an_erasure_ends_what_is_open(standing, ask):
    ask(Clock.SEE)
    ask(Clock.ERASE)
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert dict(Request.objects.values_list("kind", "state")) == {"see": State.REFUSED, "erase": State.GRANTED}
    assert not Request.objects.filter(answered_at=None).exists()


def test_what_is_said_later_is_added(standing, ask):
    first = ask(Clock.CORRECT)
    for words in ("Sai tên đệm", "Sai tên đệm", ""):
        file_request(person=first.person, kind=Clock.CORRECT, words=words, by=standing.an, at=timezone.now())
    assert Request.objects.get().words == "Sai năm sinh\n\nSai tên đệm"


def test_who_entered_a_request_neither_grants_it_nor_takes_the_file(standing, ask, client):
    asked = ask(Clock.SEE, by="dung")
    client.force_login(standing.dung)
    assert client.get(f"{DESK}{asked.pk}/du-lieu.zip").status_code == 404
    assert "Chính bạn đã nhập yêu cầu này" in client.get(f"{DESK}{asked.pk}/").content.decode()
    with pytest.raises(PermissionDenied):
        grant(request=asked, answer="Đã trao", by=standing.dung, at=timezone.now())
    assert grant(request=asked, answer="Đã trao", by=standing.giang, at=timezone.now()).state == State.GRANTED


def test_lifting_ends_what_was_granted_twice(standing, ask):
    granted = [grant(request=ask(Clock.OBJECT), answer="Vâng", by=standing.dung, at=timezone.now()) for _ in range(2)]
    lift(request=granted[0], answer="Người dân đề nghị", by=standing.dung, at=timezone.now())
    assert set(Request.objects.values_list("state", flat=True)) == {State.LIFTED}
