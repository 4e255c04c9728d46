import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from intake import actions
from intake.models import Import
from membership.actions import citizen_id_hash, erase_person
from membership.belonging import group_of, unit_of
from membership.models import Membership, Person, PossibleDouble, Role, TargetGroup
from tests.factories.people import START, PersonFactory
from tests.membership.roster.conftest import Bringing, member, outcomes, table

TU = {"name": "LÊ THỊ TƯ", "year": 1958, "unit": "Chi hội khối phố 1"}
AN = {"name": "Trần Thị An", "year": 1960, "unit_code": "20242-01"}


def test_new_people_come_in_where_the_row_says(standing, dung):
    about = {"phone": "0905123456", "phone_for": "Đăng nhập", "group": "người lao động", "citizen_id": "049158000123"}
    batch = dung.bring({**TU, **about})
    person, day = Person.objects.get(full_name="Lê Thị Tư"), timezone.localdate()
    assert (person.folded_name, person.birth_year, len(person.code)) == ("le thi tu", 1958, 8)
    assert (unit_of(person, day), group_of(person, day)) == (standing.chapter, TargetGroup.WORKERS)
    assert person.contacts.values_list("value", "purpose").get() == ("+84905123456", "sign_in")
    assert person.citizen_id_hash == citizen_id_hash("049158000123")
    assert [entry.action for entry in ModelLogEntry.objects.filter(action__startswith="membership.")] == []
    assert batch.lines.get().code == person.code


def test_the_same_list_once_more_changes_nothing(standing, dung):
    people = ({**TU, "phone": "0905123456"}, {"name": "Ngô Văn Năm"}, {"name": "Hồ Sáu", "day": "1/2/1970"}, AN)
    dung.bring(*people)
    count = Person.objects.count()
    assert outcomes(dung.read(*people)) == ["same"] * 4
    assert Person.objects.count() == count


def test_what_differs_is_said_field_by_field_and_written(standing, dung):
    person = standing.an.person
    batch = dung.read({"code": person.code, "name": "Trần Thị Ân", "day": "2/3/1961", "group": "học sinh",
                       "unit_code": "20242-01", "phone": "0905123456"})  # fmt: skip
    line = batch.lines.get()
    assert (line.outcome, line.excerpt) == ("change", "Trần Thị Ân, 02/03/1961, Chi hội khối phố 1")
    said = " ".join(line.reasons)
    for change in ("Trần Thị An → Trần Thị Ân", "1960 → 02/03/1961", "Người dân", "+84905123456"):
        assert change in said
    dung.carry_out(batch)
    person.refresh_from_db()
    assert (person.full_name, person.birth_day) == ("Trần Thị Ân", datetime.date(1961, 3, 2))
    assert group_of(person, timezone.localdate()) == TargetGroup.STUDENTS
    assert group_of(person, timezone.localdate() - datetime.timedelta(days=1)) == TargetGroup.RESIDENTS


def test_a_list_without_accents_takes_none_away(standing, dung):
    assert outcomes(dung.read({**AN, "name": "TRAN THI AN"})) == ["same"]


def test_who_stands_in_another_unit_moves_and_keeps_the_past(standing, dung):
    person = standing.an.person
    batch = dung.read({**AN, "unit_code": "20242-02"})
    assert outcomes(batch) == ["move"]
    dung.carry_out(batch)
    day = timezone.localdate()
    assert unit_of(person, day) == standing.other_chapter
    assert unit_of(person, day - datetime.timedelta(days=1)) == standing.chapter


def test_who_comes_to_that_unit_on_a_later_day_is_left_out(standing, dung):
    later = timezone.localdate() + datetime.timedelta(days=9)
    Membership.objects.create(
        person=standing.an.person, unit=standing.other_chapter, role=Role.MEMBER, valid_from=later
    )
    assert outcomes(dung.bring({**AN, "unit_code": "20242-02"}, TU)) == ["skip", "create"]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"name": "Phan Hai", "year": 1950}, "doubt"),  # two of that name and year in the commune
        ({"name": "Phan Hai", "year": 1950, "unit_code": "20242-01"}, "same"),  # one of them in that unit
        ({"name": "Phan Hai", "year": 1951}, "doubt"),  # a year that is easily mistaken
        ({"name": "Phan Hai", "year": 1985}, "create"),
        ({"name": "Phan Thị Hai", "year": 1950}, "doubt"),  # one of the two lacks a middle name
        ({"name": "Fan Hải", "year": 1950}, "doubt"),  # sounds alike
        ({"name": "Phan Hai"}, "doubt"),  # no birth, and they have one
        ({"name": "Phan Hai", "year": 1950, "code": "mới"}, "create"),
        ({"name": "Phan Hai", "year": 1950, "citizen_id": "049050000007"}, "same"),  # a number is surely one person
        ({"name": "Đinh Xa", "day": "5/5/1980"}, "doubt"),  # name and day, in another commune
        ({"name": "Đinh Xa", "year": 1980}, "create"),  # name and year are too little there
    ],
)
def test_who_it_is(standing, dung, row, outcome):
    member(standing.chapter, "Phan Hai", birth_year=1950, citizen_id_hash=citizen_id_hash("049050000007"))
    member(standing.other_chapter, "Phan Hai", birth_year=1950)
    member(standing.foreign_chapter, "Đinh Xa", birth_year=1980, birth_day=datetime.date(1980, 5, 5))
    row = {"unit_code": "20242-01", **row} if "citizen_id" in row else row
    assert outcomes(dung.read(row)) == [outcome]


@pytest.mark.parametrize(
    ("names", "letters"),
    [(["NguyÔn V¨n Hïng", "TRÇN THÞ AN"], "TCVN3"), (["Nguyeãn Vaên Huøng", "TRAÀN THÒ AN"], "VNI")],
)
def test_names_typed_before_unicode_are_read_and_the_dry_run_says_so(standing, dung, names, letters):
    batch = dung.read(*({"name": name, "year": 1960, "unit_code": "20242-01"} for name in names))
    new, known = batch.lines.order_by("number")
    assert (new.excerpt.partition(",")[0], known.outcome) == ("Nguyễn Văn Hùng", "same")
    assert new.reasons == [f"Đã chuyển mã từ {letters}."]


def test_names_typed_partly_before_unicode_are_refused_in_words(standing, dung):
    mixed = dung.read({"name": "Trần Thị An"}, {"name": "NguyÔn V¨n Hïng"})
    assert "TCVN3 hoặc VNI" in mixed.problem
    one = dung.read(*({"name": "Trần Thị An"} for _row in range(8)), {"name": "NguyÔn"})
    assert "TCVN3 hoặc VNI" in " ".join(one.lines.last().reasons)


@pytest.mark.parametrize(
    ("typed", "name"),
    [(["NguyÔn V¨n Hïng", "TrÇn ThÞ Lª"], "Lê Hùng"), (["Nguyeãn Vaên Huøng", "Traàn Thò Leâ"], "Tô Hoài")],
)
def test_a_name_in_unicode_among_others_of_before_becomes_no_other_name(standing, dung, typed, name):
    batch = dung.read(*({"name": each, "unit_code": "20242-01"} for each in [*typed * 5, name]))
    line = batch.lines.order_by("number").last()
    assert (line.outcome, name in " ".join(line.reasons)) == ("skip", True)


def test_who_bears_a_frequent_name_and_tells_no_birth_is_asked_about(standing, dung):
    PersonFactory.create_batch(60, full_name="Phan Hai", birth_year=1970)
    member(standing.other_chapter, "Phan Hai", birth_year=1950)
    assert outcomes(dung.read({"name": "Phan Hai", "unit_code": "20242-01"})) == ["doubt"]


def test_a_doubtful_line_names_whom_it_may_mean_the_surest_first_with_reasons_and_nobody_out_of_reach(standing, dung):
    likely = member(standing.chapter, "Phan Thị Hai", birth_year=1950)
    surer = member(standing.chapter, "Phan Thị Hai", birth_year=1950, birth_day=datetime.date(1950, 3, 2))
    outside = member(standing.foreign_chapter, "Phan Hai", birth_year=1950, birth_day=datetime.date(1950, 3, 2))
    batch = dung.read({"name": "Phan Hai", "day": "2/3/1950"}, is_complete=True)
    said = " ".join(batch.lines.get(outcome="doubt").reasons)
    assert f"{surer.code} (một bên thiếu tên đệm, cùng ngày sinh, cùng xã, phường); {likely.code} (" in said
    assert outside.code not in said
    assert "Có người tương tự ở đơn vị không thuộc phạm vi của bạn." in said
    assert not {surer.code, likely.code} & set(batch.lines.filter(outcome="end").values_list("code", flat=True))


def test_the_code_of_a_record_that_was_merged_means_the_one_that_stays(standing, dung):
    old = member(standing.chapter, "Phan Hai", merged_into=standing.an.person)
    assert outcomes(dung.read({**AN, "code": old.code})) == ["same"]


def test_a_list_hands_nothing_to_whoever_signed_up_under_that_name(standing, dung):
    stranger = member(standing.association, "Phan Hai", birth_year=1950)
    stranger.memberships.update(is_self_declared=True)
    row = {"name": "Phan Hai", "year": 1950, "unit_code": "20242-01", "phone": "0905123456"}
    batch = dung.bring(row, {**row, "name": "Phan Ba", "code": stranger.code})
    assert outcomes(batch) == ["doubt", "move"]
    assert stranger.code in " ".join(batch.lines.get(number=1).reasons)


def test_two_lines_about_one_person(standing, dung):
    batch = dung.read(TU, TU, {**TU, "day": "1/1/1958"}, AN, AN)
    assert outcomes(batch) == ["create", "doubt", "doubt", "same", "doubt"]
    assert "Dòng 2" in batch.lines.get(number=2).reasons[0]


def test_the_year_alone_may_be_that_of_any_day_and_two_days_are_two_people(standing, dung):
    days = [{**TU, "day": day} for day in ("1/1/1958", "2/1/1958", "1/1/1958")]
    assert outcomes(dung.read(*days, TU)) == ["create", "create", "doubt", "doubt"]


def test_one_citizen_id_in_two_lines_stops_no_chunk(standing, dung):
    copied = {"citizen_id": "049150000007", "unit_code": "20242-01"}
    one, two = (member(standing.chapter, name, birth_year=1950) for name in ("Phan Hai", "Phan Ba"))
    new = {"name": "Phan Tư", "code": "mới", "year": 1950}
    batch = dung.bring({"name": one.full_name, "code": one.code, **copied}, {"name": two.full_name, "code": two.code,
                       **copied}, {**new, **copied}, {**new, "citizen_id": "049150000008"},
                       {**new, "citizen_id": "049150000008"}, new, new)  # fmt: skip
    assert outcomes(batch) == ["change", "doubt", "doubt", "create", "doubt", "create", "create"]
    assert batch.state == Import.State.APPLIED


def test_nobody_brings_anybody_in_beyond_their_reach(standing, dung):
    outside = member(
        standing.foreign_chapter, "Đinh Xa", birth_year=1980, citizen_id_hash=citizen_id_hash("049080000007")
    )
    batch = dung.read(
        {"name": "Lê Bảy", "unit_code": "20854-01"},
        {"name": "Lê Bảy", "unit": "Chi hội thôn 1"},
        {"name": "Đinh Xa", "code": outside.code},
        {"name": "Đinh Xa", "citizen_id": "049080000007"},
    )
    assert outcomes(batch) == ["skip"] * 4
    assert outside.code not in str(list(batch.lines.values_list("code", "excerpt")))
    with pytest.raises(PermissionDenied):
        Bringing(standing.chi, standing.chapter).read(TU)
    elsewhere = Bringing(standing.dung, standing.foreign_association).read(TU)
    assert elsewhere.state == Import.State.UNREADABLE


def test_a_role_that_ends_before_it_is_carried_out_carries_nothing_out(standing, dung):
    batch = dung.read(TU)
    actions.order_import(batch=batch, by=standing.dung, at=dung.at)
    Membership.objects.filter(person=standing.dung.person).update(unit=standing.foreign_association)
    del standing.dung._standing_roles
    assert actions.carry_out(batch=batch, by=standing.dung, at=dung.at).problem
    assert not Person.objects.filter(full_name="Lê Thị Tư").exists()


def test_nobody_changes_their_own_record(standing, dung):
    Membership.objects.create(person=standing.dung.person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    own = {"name": "Võ Văn Dũng", "year": 1960, "unit_code": "20242-01"}
    assert outcomes(dung.read(own)) == ["same"]
    assert outcomes(dung.read({**own, "phone": "0905123456"})) == ["skip"]


def test_a_complete_list_ends_whom_it_leaves_out_and_no_role(standing, dung):
    leaving = member(standing.chapter, "Phan Hai")
    unsure = member(standing.chapter, "Phan Ba")
    people = (AN, {"name": "Phan Ba", "day": "99/99/1960"})
    assert "end" not in outcomes(dung.read(*people))
    batch = dung.read(*people, is_complete=True)
    assert {line.code for line in batch.lines.filter(outcome="end")} == {leaving.code, standing.chi.person.code}
    dung.carry_out(batch)
    ended = Membership.objects.exclude(valid_to=None)
    assert set(ended.values_list("person", "role")) == {(leaving.pk, "member"), (standing.chi.person_id, "member")}
    assert unit_of(unsure, timezone.localdate()) == standing.chapter
    dung.undo(batch)
    assert not Membership.objects.exclude(valid_to=None).exists()


def test_undoing_leaves_no_trace_of_whom_nobody_touched(standing, dung):
    before = (Person.objects.count(), list(Membership.objects.order_by("pk").values()))
    batch = dung.bring(
        {**TU, "phone": "0905123456"}, {**AN, "unit_code": "20242-02", "group": "học sinh", "phone": "0905123457"}
    )
    dung.undo(batch)
    assert (Person.objects.count(), list(Membership.objects.order_by("pk").values())) == before
    assert group_of(standing.an.person, timezone.localdate()) == TargetGroup.RESIDENTS
    assert not standing.an.person.contacts.exists()


def test_undoing_keeps_what_somebody_has_built_upon(standing, dung):
    batch = dung.bring(TU, {"code": standing.an.person.code, "name": "Trần Thị Ân", "unit_code": "20242-01"})
    person = Person.objects.get(full_name="Lê Thị Tư")
    Membership.objects.create(person=person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START)
    Person.objects.filter(pk=standing.an.person_id).update(full_name="Trần Thị Anh")
    dung.a_day_later()
    dung.undo(batch)
    member_of = person.memberships.get(role=Role.MEMBER)
    assert member_of.valid_to == timezone.localdate(dung.at)
    assert person.memberships.get(role=Role.CHAPTER_OFFICER).valid_to is None
    assert Person.objects.get(pk=standing.an.person_id).full_name == "Trần Thị Anh"
    kept, unchanged = (" ".join(line.reasons) for line in batch.lines.order_by("number"))
    assert "Giữ lại" in kept
    assert "giữ nguyên" in unchanged


def test_a_pair_that_waits_does_not_stand_in_the_way_of_undoing_and_one_decided_keeps_its_people(standing, dung):
    batch = dung.bring(TU, {"name": "Lê Thị Năm", "year": 1950})
    tu, nam = (Person.objects.get(full_name=name) for name in ("Lê Thị Tư", "Lê Thị Năm"))
    for person, state in ((tu, "open"), (nam, "apart")):
        one, other = sorted((person, standing.an.person), key=lambda each: each.pk)
        PossibleDouble.objects.create(one=one, other=other, state=state, probability=0.5, found_at=dung.at)
    dung.undo(batch)
    assert set(Person.objects.filter(pk__in=[tu.pk, nam.pk])) == {nam}
    assert set(PossibleDouble.objects.values_list("state", flat=True)) == {"apart"}


def test_what_happened_meanwhile_is_left_out(standing, dung):
    batch = dung.read(TU, {**AN, "unit_code": "20242-02"})
    member(standing.chapter, "Lê Thị Tư", birth_year=1958)
    Membership.objects.filter(person=standing.an.person).update(unit=standing.other_chapter)
    dung.carry_out(batch)
    assert outcomes(batch) == ["skip", "skip"]
    assert Person.objects.filter(full_name="Lê Thị Tư").count() == 1


def test_a_list_goes_on_behind_the_last_chunk(standing, dung, monkeypatch):
    monkeypatch.setattr("membership.actions.roster.Roster.chunk", 2)
    batch = dung.read(*({"name": f"Lê {word}", "year": 1950} for word in ("Một", "Hai", "Ba", "Bốn", "Năm")))
    actions.order_import(batch=batch, by=standing.dung, at=dung.at)
    Import.objects.filter(pk=batch.pk).update(cursor=2)
    actions.carry_out(batch=batch, by=standing.dung, at=dung.at)
    assert set(Person.objects.filter(folded_name__startswith="le ").exclude(user__isnull=False).values_list(
        "full_name", flat=True)) == {"Lê Ba", "Lê Bốn", "Lê Năm"}  # fmt: skip


def test_queries_do_not_grow_with_the_rows(standing, dung):
    numbers = iter(range(1000))

    def bring(count):
        people = [
            {"name": f"Lê {'x' * next(numbers)}a", "year": 1950, "phone": "0905123456", "unit_code": "20242-01"}
            for _row in range(count)
        ]
        dung.bring(*people, {**AN, "unit_code": "20242-02"})

    def again():
        Membership.objects.filter(person=standing.an.person).delete()
        Membership.objects.create(person=standing.an.person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)

    def counted(rows):
        again()
        with CaptureQueriesContext(connection) as captured:
            bring(rows)
        return len(captured)

    counted(2)
    assert counted(2) == counted(12)


def test_an_erasure_forgets_what_the_lines_said(standing, dung):
    batch = dung.bring(TU)
    person = Person.objects.get(full_name="Lê Thị Tư")
    erase_person(person=person, by=standing.dung, at=dung.at)
    line = batch.lines.get()
    assert (line.excerpt, line.reasons, line.content) == ("", [], None)


def test_the_pages_lead_from_the_list_of_people_to_the_dry_run(client, standing):
    client.force_login(standing.dung)
    assert reverse("roster:upload") in client.get(reverse("people:index")).content.decode()
    template = client.get(reverse("roster:template"))
    assert template.content.startswith(b"PK")
    sent = {"file": SimpleUploadedFile("a.csv", table(TU)), "unit": standing.association.pk}
    answer = client.post(reverse("roster:upload"), sent)
    batch = Import.objects.get()
    assert answer.url == reverse("roster:plan", args=[batch.pk])
    actions.read_import(batch=batch, by=standing.dung, at=timezone.now())
    shown = client.get(answer.url).content.decode()
    for words in ("Lê Thị Tư, 1958, Chi hội khối phố 1", "Hội Khuyến học phường Hải Châu", "Thực hiện 1 dòng"):
        assert words in shown
    assert client.post(reverse("roster:upload"), {**sent, "unit": standing.foreign_association.pk}).status_code == 422
    for user, status in ((standing.binh, 404), (standing.chi, 403)):
        client.force_login(user)
        assert client.get(reverse("roster:upload")).status_code == status
