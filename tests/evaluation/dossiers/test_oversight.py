import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from evaluation.dossiers import dated, notices
from evaluation.dossiers.actions import (
    answer_appeal,
    appealable_until,
    appoint_stand_in,
    decide,
    draw,
    draw_sample,
    file_appeal,
    forward,
    last_day,
    look_again,
    note_finding,
    open_dossier,
    submit,
    take_up_evidence,
)
from evaluation.dossiers.actions.guards import RefusedError, UnseenEvidenceError
from evaluation.dossiers.models import Appeal, Dossier, IndicatorScore, InspectionSample, Review, StandIn
from evaluation.dossiers.outliers import Standing, marks_of, spread_of, standing_out
from evaluation.dossiers.tasks import rescore_dossier
from learning.evidence.actions import record
from learning.evidence.kinds import WITHDRAWAL
from membership.actions import merge_people
from membership.models import Membership, Person, Role, Unit, UnitKind, UnitSuccession
from notices.models import Notice
from tests.factories.evaluation import (
    AT,
    YEAR,
    another_member,
    dossier_before_recogniser,
    draft_dossier,
    evidence_for,
    member_without_account,
    submitted_dossier,
)
from tests.factories.evidence import a_fact
from tests.factories.people import add_unit
from tests.queries import assert_constant_queries

DAY, HOUR, MINUTES = datetime.timedelta(days=1), datetime.timedelta(hours=1), datetime.timedelta(minutes=10)


def refused(world, user=None):
    dossier = dossier_before_recogniser(user or world.an, world.chi, world.dung)
    return decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)


# --- Appeals --------------------------------------------------------------------------------------


def test_an_appeal_goes_to_the_body_above_with_a_day(world):
    appeal = file_appeal(dossier=refused(world), reason="Xin xem lại", by=world.an, at=AT + DAY)
    assert (appeal.unit, appeal.due_on) == (world.province, AT.date() + 31 * DAY)
    again = file_appeal(dossier=appeal.dossier, reason="Lần nữa", by=world.an, at=AT + DAY)
    assert again == appeal
    assert ModelLogEntry.objects.filter(action="dossiers.appeal").count() == 1


def test_the_last_day_of_an_answer_stands_in_the_calendars_of_who_appealed_and_of_who_answers(world):
    appeal = file_appeal(dossier=refused(world), reason="Xin xem lại", by=world.an, at=AT + DAY)
    (own,), (heard,) = (list(dated.answers(who.person_id, AT.date())) for who in (world.an, world.giang))
    assert (own.begins, heard.begins, own.key != heard.key) == (appeal.due_on, appeal.due_on, True)
    assert dated.dated_by_appeal([appeal.pk]) == {appeal.pk: heard}
    assert not [who for who in (world.dung, world.chi) if list(dated.answers(who.person_id, AT.date()))]
    answer_appeal(appeal=appeal, is_granted=False, answer="Đúng như đã kết luận", by=world.giang, at=AT + 2 * DAY)
    assert not [who for who in (world.an, world.giang) if list(dated.answers(who.person_id, AT.date()))]


def test_who_appealed_is_told_once_by_which_day_it_is_answered_until_it_is(world):
    dossier = refused(world)
    for _twice in range(2):
        appeal = file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT + DAY)
    told = Notice.objects.get(person=world.an.person, kind=notices.APPEAL_TAKEN.key)
    assert f"{appeal.due_on:%d/%m/%Y}" in told.words
    assert dated.dated_by_own_appeal([told.subject])[appeal.pk].begins == appeal.due_on
    assert notices.APPEAL_TAKEN.still_due().filter(pk=told.subject).exists()
    answer_appeal(appeal=appeal, is_granted=False, answer="Đúng như đã kết luận", by=world.giang, at=AT + 2 * DAY)
    assert not notices.APPEAL_TAKEN.still_due().filter(pk=told.subject).exists()


def test_where_a_decree_ended_the_province_an_appeal_goes_above_where_the_unit_lives_on(world):
    dossier = refused(world)
    heir = add_unit(None, UnitKind.PROVINCE, "99", "Tỉnh mới")
    Unit.objects.filter(pk=world.province.pk).update(valid_to=AT.date())
    UnitSuccession.objects.create(old=world.province, new=heir)
    assert file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT + DAY).unit == heir


def test_no_officer_appeals_for_who_withdrew_but_an_appeal_made_before_is_answered(world):
    dossier = refused(world)
    filed = file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT + DAY)
    Person.objects.filter(pk=dossier.person_id).update(withdrawn_at=AT)
    answer_appeal(appeal=filed, is_granted=False, answer="Chưa đủ", by=world.giang, at=AT + DAY)
    others = refused(world, another_member(world.chapter, 7))
    Person.objects.filter(pk=others.person_id).update(withdrawn_at=AT)
    with pytest.raises(RefusedError, match="Hồ sơ tạm dừng"):
        file_appeal(dossier=others, reason="Xin xem lại", by=world.chi, at=AT + DAY)


def test_an_appeal_after_thirty_days_is_too_late(world):
    dossier = refused(world)
    file = {"dossier": dossier, "reason": "Xin xem lại", "by": world.an}
    with pytest.raises(RefusedError):
        file_appeal(at=AT + 31 * DAY, **file)
    assert file_appeal(at=AT + 30 * DAY, **file).is_open


def test_a_granted_appeal_gives_no_title_but_another_round(world):
    dossier = refused(world)
    before = dossier.frozen
    appeal = file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT)
    answer_appeal(appeal=appeal, is_granted=True, answer="Cho bổ sung", by=world.giang, at=AT)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.frozen, dossier.decided_at) == ("returned", None, None)
    assert Appeal.objects.get().frozen == before


def test_a_dismissed_appeal_leaves_the_decision_and_cannot_be_made_again(world):
    dossier = refused(world)
    appeal = file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT)
    answer_appeal(appeal=appeal, is_granted=False, answer="Giữ nguyên", by=world.giang, at=AT)
    dossier.refresh_from_db()
    assert dossier.state == "not_recognised"
    with pytest.raises(RefusedError):
        file_appeal(dossier=dossier, reason="Lần nữa", by=world.an, at=AT)


def test_a_second_refusal_can_be_appealed_against_too_and_a_dismissed_one_cannot(world):
    dossier = refused(world)
    first = file_appeal(dossier=dossier, reason="Xin xem lại", by=world.an, at=AT)
    answer_appeal(appeal=first, is_granted=True, answer="Cho bổ sung", by=world.giang, at=AT)
    dossier.refresh_from_db()
    submit(dossier=dossier, by=world.an, at=AT + DAY)
    for officer in (world.chi, world.dung):
        forward(dossier=dossier, by=officer, at=AT + DAY)
    decide(dossier=dossier, is_recognised=False, reason="Vẫn chưa đủ", by=world.lan, at=AT + DAY)
    assert appealable_until(dossier, AT + DAY) == AT.date() + 31 * DAY
    assert appealable_until(dossier, AT + 32 * DAY) is None
    second = file_appeal(dossier=dossier, reason="Xin xem lại lần nữa", by=world.an, at=AT + DAY)
    assert appealable_until(dossier, AT + DAY) is None
    answer_appeal(appeal=second, is_granted=False, answer="Giữ nguyên", by=world.giang, at=AT + DAY)
    assert appealable_until(dossier, AT + DAY) is None


def test_an_officer_appeals_for_a_person_without_an_account(world, client):
    person = member_without_account(world.chapter)
    dossier = open_dossier(person=person, year=YEAR, by=world.chi, at=AT)
    Dossier.objects.filter(pk=dossier.pk).update(state="not_recognised", decided_at=timezone.now(), submitted_at=AT)
    client.force_login(world.chi)
    page = f"/danh-gia/ho-tro/{dossier.pk}/"
    assert f"{page}khieu-nai/" in client.get(page).content.decode()
    client.post(f"{page}khieu-nai/", {"reason": "Ông ấy xin xem lại"})
    assert Appeal.objects.get(dossier=dossier).filed_by == world.chi
    client.force_login(world.ha)
    assert client.post(f"{page}khieu-nai/", {"reason": "x"}).status_code == 404


def test_appeal_pages(world, client):
    refused(world)
    Dossier.objects.update(decided_at=timezone.now())
    client.force_login(world.an)
    assert b'name="reason"' in client.get(f"/tu-danh-gia/{YEAR}/").content
    client.post(f"/tu-danh-gia/{YEAR}/khieu-nai/", {"reason": "Xin xem lại"})
    appeal = Appeal.objects.get(dossier__person=world.an.person)
    client.force_login(world.giang)
    assert world.an.person.full_name in client.get("/danh-gia/khieu-nai/").content.decode()
    said = {"outcome": "dismissed", "answer": "Giữ nguyên kết quả"}
    assert client.post(f"/danh-gia/khieu-nai/{appeal.pk}/", said).status_code == 302
    client.force_login(world.dung)
    assert client.get("/danh-gia/khieu-nai/").status_code == 404


# --- Inspection by lot ----------------------------------------------------------------------------


def test_who_has_the_seed_draws_the_same(world):
    assert draw(range(1, 1001), "3-14-15", 5) == draw(reversed(range(1, 1001)), "3-14-15", 5)
    assert len(draw(range(1, 1001), "3-14-15", 5)) == 50
    assert draw(range(1, 1001), "3-14-16", 5) != draw(range(1, 1001), "3-14-15", 5)
    assert len(draw([7], "x", 1)) == 1  # rounded up


def test_a_sample_keeps_seed_and_population(world):
    dossiers = [refused(world, another_member(world.chapter, number)) for number in range(3)]
    given = {"unit": world.province, "year": YEAR, "by": world.minh, "at": AT}
    sample = draw_sample(percent=50, seed="3-14-15", **given)
    drawn = list(sample.lines.values_list("dossier_id", flat=True))
    assert (sample.population, drawn) == (3, draw([row.pk for row in dossiers], "3-14-15", 50))
    assert draw_sample(percent=80, seed="3-14-15", **given) == sample
    assert len(draw_sample(percent=50, **given).seed) == 16


def test_a_finding_changes_no_decision(world):
    dossier = refused(world)
    sample = draw_sample(unit=world.province, year=YEAR, percent=100, by=world.minh, at=AT)
    line = sample.lines.get()
    with pytest.raises(RefusedError):
        note_finding(line=line, finding="doubtful", note="", by=world.minh, at=AT)
    for _twice in range(2):
        note_finding(line=line, finding="doubtful", note="Không có minh chứng", by=world.minh, at=AT)
    assert ModelLogEntry.objects.filter(action="dossiers.inspect").count() == 1
    dossier.refresh_from_db()
    assert dossier.state == "not_recognised"


def test_what_is_found_before_the_decision_is_read_by_the_body_that_takes_it(world, client):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    given = {"unit": world.province, "year": YEAR, "percent": 100, "seed": "1-2-3", "by": world.minh, "at": AT}
    with pytest.raises(RefusedError):
        draw_sample(**given)  # nothing is decided yet
    line = draw_sample(**given, stage="in_review").lines.get()
    client.force_login(world.lan)
    address = reverse("dossiers:review", args=[dossier.pk])
    assert "Chỉ số 6 chưa rõ" not in client.get(address).content.decode()

    note_finding(line=line, finding="doubtful", note="Chỉ số 6 chưa rõ", by=world.minh, at=AT)
    assert {notice.person_id for notice in Notice.objects.filter(kind="finding-before")} == {world.lan.person_id}
    assert not Notice.objects.filter(kind="finding-doubtful").exists()
    assert "Chỉ số 6 chưa rõ" in client.get(address).content.decode()

    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    assert "Chỉ số 6 chưa rõ" not in client.get(address).content.decode()
    assert draw_sample(**given) != line.sample  # the same seed, drawn from those decided


def test_inspection_pages(world, client):
    refused(world)
    client.force_login(world.minh)
    said = {"unit": world.province.pk, "year": YEAR, "percent": 100, "seed": "1-2-3", "stage": "decided"}
    page = client.post("/danh-gia/kiem-tra/", said).headers["Location"]
    line = InspectionSample.objects.get().lines.get()
    said = {"line": line.pk, f"{line.pk}-finding": "confirmed", f"{line.pk}-note": ""}
    client.post(page, said)
    line.refresh_from_db()
    assert line.finding == "confirmed"
    assert client.get(page).status_code == 200
    client.force_login(world.lan)
    assert client.get(page).status_code == 404


# --- Evidence after a sign-off --------------------------------------------------------------------


def test_evidence_after_a_sign_off_marks_it_until_somebody_looks(world, django_capture_on_commit_callbacks):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    with django_capture_on_commit_callbacks(execute=True):
        record(fact=a_fact(world.an.person), by=None, at=AT + HOUR)
    dossier.refresh_from_db()
    assert dossier.stale_since == AT + HOUR
    assert not Dossier.objects.ready_for_decision().exists()
    with pytest.raises(UnseenEvidenceError):
        decide(dossier=dossier, is_recognised=True, reason="", by=world.lan, at=AT)
    look_again(dossier=dossier, by=world.lan, at=AT + 2 * HOUR)
    take_up_evidence(person_id=dossier.person_id, year=YEAR)
    dossier.refresh_from_db()
    assert dossier.stale_since is None
    assert decide(dossier=dossier, is_recognised=True, reason="", by=world.lan, at=AT).state == "recognised"


def test_evidence_before_any_sign_off_marks_nothing(world):
    dossier = submitted_dossier(world.an)
    evidence_for(world.an.person, recorded_at=AT + HOUR)
    take_up_evidence(person_id=dossier.person_id, year=YEAR)
    assert Dossier.objects.get().stale_since is None


@pytest.mark.parametrize(("came", "is_new"), [(AT - HOUR, False), (AT + HOUR, True)])
@pytest.mark.parametrize("is_decided", [False, True])
def test_only_evidence_that_came_after_what_was_seen_is_new_however_late_the_task_runs(world, came, is_new, is_decided):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    if is_decided:
        decide(dossier=dossier, is_recognised=True, reason="", by=world.lan, at=AT)
    evidence_for(world.an.person, recorded_at=came)
    evidence_for(world.an.person, recorded_at=AT + HOUR, occurred_at=AT.replace(year=YEAR - 1))
    rescore_dossier.call(world.an.person_id, YEAR)
    assert (Dossier.objects.get().stale_since == came) is is_new
    assert (Dossier.objects.get().stale_since is not None) is is_new


@pytest.mark.parametrize("is_decided", [False, True])
def test_evidence_of_an_import_that_began_before_the_sign_off_and_ended_after_it_is_new(world, is_decided):
    dossier = signed_off(world, is_decided)
    evidence_for(world.an.person, recorded_at=AT - MINUTES)
    rescore_dossier.call(world.an.person_id, YEAR)
    assert Dossier.objects.get().stale_since == AT  # not before the sign-off, which did not have it
    if not is_decided:
        look_again(dossier=dossier, by=world.lan, at=AT + MINUTES)
        rescore_dossier.call(world.an.person_id, YEAR)
        assert Dossier.objects.get().stale_since is None


@pytest.mark.parametrize("is_decided", [False, True])
def test_what_is_taken_back_in_such_an_import_is_new_too(world, is_decided):
    seen = evidence_for(world.an.person, recorded_at=AT - HOUR)
    signed_off(world, is_decided)
    evidence_for(world.an.person, kind=WITHDRAWAL, supersedes=seen, recorded_at=AT - MINUTES)
    rescore_dossier.call(world.an.person_id, YEAR)
    assert Dossier.objects.get().stale_since == AT


@pytest.mark.parametrize("is_decided", [False, True])
def test_evidence_that_was_there_shortly_before_the_sign_off_is_not_new(world, is_decided):
    taken_back = evidence_for(world.an.person, recorded_at=AT - HOUR)
    evidence_for(world.an.person, kind=WITHDRAWAL, supersedes=taken_back, recorded_at=AT - MINUTES)
    evidence_for(world.an.person, recorded_at=AT - MINUTES)
    evidence_for(world.an.person, recorded_at=AT - MINUTES, topics=["khong-tinh-diem"])
    signed_off(world, is_decided)
    rescore_dossier.call(world.an.person_id, YEAR)
    assert Dossier.objects.get().stale_since is None


def signed_off(world, is_decided):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    if is_decided:
        decide(dossier=dossier, is_recognised=True, reason="", by=world.lan, at=AT)
    return dossier


# --- Stand-ins ------------------------------------------------------------------------------------


def test_a_dead_end_is_named_and_a_stand_in_opens_it(world):
    """No chapter officer, one at the association, one at the commune: after two bodies nobody is left."""
    Membership.objects.filter(role=Role.CHAPTER_OFFICER).delete()
    dossier = dossier_before_recogniser(world.an, world.dung, world.lan)
    assert list(Dossier.objects.all().stuck(AT.date())) == [dossier]
    appoint_stand_in(
        unit=world.commune,
        role=Role.RECOGNISER,
        person=world.binh.person,
        valid_from=AT.date(),
        valid_to=AT.date() + 9 * DAY,
        reason="Hai cấp đã dùng hết người",
        by=world.giang,
        at=AT,
    )
    assert not Dossier.objects.all().stuck(AT.date()).exists()
    assert decide(dossier=dossier, is_recognised=True, reason="", by=world.binh, at=AT).state == "recognised"
    assert len(set(Review.objects.values_list("by", flat=True))) == 3


def test_the_province_sets_a_last_day_for_all(world, client):
    client.force_login(world.giang)
    year = timezone.localdate().year
    said = {"deadline-unit": world.province.pk, "deadline-year": year, "deadline-last_day": f"{year}-12-05"}
    assert client.post("/danh-gia/cac-cap/", {**said, "set-deadline": ""}).status_code == 302
    assert last_day(world.chapter, year) == datetime.date(year, 12, 5)


def test_bodies_page(world, client):
    client.force_login(world.dung)
    assert client.get("/danh-gia/cac-cap/").status_code == 200
    year = timezone.localdate().year
    said = {"deadline-unit": world.association.pk, "deadline-year": year, "deadline-last_day": f"{year}-12-05"}
    assert client.post("/danh-gia/cac-cap/", {**said, "set-deadline": ""}).status_code == 302
    said = {
        "stand-in-role": "chapter_officer",
        "stand-in-unit": world.other_chapter.pk,
        "stand-in-code": world.binh.person.code,
        "stand-in-valid_from": "2026-11-20",
        "stand-in-last_day": "2026-12-20",
        "stand-in-reason": "Chưa kiện toàn",
    }
    assert client.post("/danh-gia/cac-cap/", said).status_code == 302
    assert StandIn.objects.get().membership.valid_to == datetime.date(2026, 12, 21)
    client.force_login(world.chi)
    assert client.get("/danh-gia/cac-cap/").status_code == 404


# --- Merging --------------------------------------------------------------------------------------


def test_the_dossier_that_came_further_counts(world):
    twin = another_member(world.chapter, 1)
    draft_dossier(world.an)
    further = submitted_dossier(twin)
    merge_people(duplicate=twin.person, into=world.an.person, by=world.dung, at=AT)
    assert list(Dossier.objects.counting().filter(person=world.an.person)) == [further]
    assert Dossier.objects.filter(state="set_aside").count() == 1


def test_two_decided_ones_stay_where_they_are(world):
    twin = another_member(world.chapter, 1)
    own, other = refused(world), refused(world, twin)
    merge_people(duplicate=twin.person, into=world.an.person, by=world.dung, at=AT)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.person, other.person) == (world.an.person, twin.person)
    assert not Dossier.objects.filter(state="set_aside").exists()


def test_a_year_that_only_the_duplicate_has_goes_along(world):
    twin = another_member(world.chapter, 1)
    dossier = submitted_dossier(twin)
    merge_people(duplicate=twin.person, into=world.an.person, by=world.dung, at=AT)
    dossier.refresh_from_db()
    assert (dossier.person, dossier.state) == (world.an.person, "in_review")


# --- What stands out ------------------------------------------------------------------------------


def test_what_stands_out(world):
    for number in range(5):
        dossier = submitted_dossier(another_member(world.chapter, number))
        for officer in (world.chi, world.dung):
            dossier.refresh_from_db()
            from_page = {"seconds": 10} if officer == world.chi else {}
            _agree(dossier, officer, **from_page)
        decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    Dossier.objects.update(state="recognised")
    IndicatorScore.objects.update(suggested_points=None)
    IndicatorScore.objects.filter(indicator__number=1).update(suggested_points=Decimal(5))
    chapter = next(row for row in standing_out(world.giang, YEAR) if row.unit == world.chapter)
    assert chapter.beyond == Decimal(3)  # of what evidence suggests anything for
    assert (chapter.decided, chapter.recognised, chapter.pass_rate) == (5, 5, 100)
    assert (chapter.alike, chapter.difference, chapter.seconds) == (5, Decimal(0), 10)
    assert chapter.marks == ["all_pass", "never_differs", "alike", "hasty"]
    assert standing_out(world.dung, YEAR) == []


@pytest.mark.parametrize(("beyond", "is_marked"), [("5.0", False), ("7.0", True), (None, False)])
def test_who_goes_further_above_the_evidence_than_others_stands_out(beyond, is_marked):
    row = Standing(unit=None, decided=5, beyond=None if beyond is None else Decimal(beyond))
    assert ("beyond" in marks_of(row, Decimal("4.5"))) is is_marked
    assert "beyond" not in marks_of(row, None)


def _standings(*decided):
    return [Standing(unit=None, decided=number, recognised=recognised) for number, recognised in decided]


def test_units_spread_by_what_they_recognised_without_those_of_a_few_dossiers():
    rows = _standings((10, 10), (10, 4), (20, 9), (5, 0), (4, 4), (4, 0), (0, 0))
    assert [column.count for column in spread_of(rows).columns] == [1, 0, 0, 0, 2, 0, 0, 0, 0, 1]
    assert spread_of(rows[2:]) is None  # two units of enough dossiers: the table is read faster


def test_the_page_tells_what_its_picture_leaves_out(world, client, monkeypatch):
    rows = [replace(row, unit=world.chapter) for row in _standings((10, 10), (10, 4), (20, 9), (4, 4))]
    monkeypatch.setattr("evaluation.dossiers.views.oversight.standing_out", lambda user, year: rows)
    client.force_login(world.giang)
    page = client.get(reverse("dossiers:outliers")).content.decode()
    assert page.count('class="chart__column"') == 2
    assert "40–49 %: 2. 90–100 %: 1. " in page
    assert (
        ngettext(
            "%(units)s unit with fewer than %(few)s decided dossiers is not in the picture: "
            "a share of so few says nothing.",
            "%(units)s units with fewer than %(few)s decided dossiers are not in the picture: "
            "a share of so few says nothing.",
            1,
        )
        % {"units": 1, "few": 5}
        in page
    )


def _agree(dossier, officer, **seconds):
    from_body = {"dossier": dossier, "by": officer, "at": AT}
    dossier.scores.update(reviewed_points=Decimal(8))
    forward(**from_body, **seconds)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("chi", "/danh-gia/"),
        ("chi", "/danh-gia/nhieu-ho-so/"),
        ("chi", "/danh-gia/cuoc-hop/"),
        ("dung", "/danh-gia/cac-cap/"),
        ("giang", "/danh-gia/bat-thuong/"),
        ("giang", "/danh-gia/khieu-nai/"),
        ("giang", "/danh-gia/kiem-tra/"),
    ],
)
def test_lists_keep_their_queries(world, client, name, address):
    client.force_login(getattr(world, name))
    _more(world, 0)
    assert_constant_queries(lambda: client.get(address), lambda: [_more(world, number) for number in range(3, 9, 3)])


def _more(world, number):
    for offset in (1, 2):
        submitted_dossier(another_member(world.chapter, number + offset))
    person = another_member(world.chapter, number)
    file_appeal(dossier=refused(world, person), reason="Xin xem lại", by=person, at=AT)
    draw_sample(unit=world.province, year=YEAR, percent=100, by=world.minh, at=AT)
