"""A commune worked through by hand: 30 records, four groups, two years. Every figure below was reckoned on paper first;
the reasoning stands beside it.

Who there is (29 people in 30 records, since one was entered twice):

  chapter 1   residents R1–R10 (R9 and R10 are one person, entered twice), workers W1–W4
  chapter 2   residents V1–V6: a unit without officers
  agency      officials O1–O5, recognised by the head of their agency
  school      students S1–S5, recognised by the headmaster; S5 is a minor (born 2012)

2025, criteria 80 points and no indicator below 5, everyone opens in November:

  R1 R2 R3 R4  ten times 8 = 80, exactly the threshold                          → recognised
  R5           nine times 8 and 4.5 = 76.5 < 80                                 → refused
  R6           nine times 9 and 4.5 = 85.5 ≥ 80, yet 4.5 < 5: the floor         → refused
  R7           ten times 9 = 90; the chapter lowers one to 6: 87                → recognised with 87
  V1           ten times 8 = 80, the stand-in acts for chapter 2                → recognised
  V2           is still being written                                           → draft
  V3           ten times 7.5 = 75 < 80                                          → refused
  W1 W2        ten times 8.5 = 85                                               → recognised
  W3           returned to complete, and never was                              → returned
  O1 O2 O3     ten times 8 = 80                                                 → recognised
  O4           ten times 7 = 70 < 80                                            → refused
  S1 S2 S3     ten times 9 = 90                                                 → recognised
  S5           ten times 8 = 80                                                 → recognised

2026, for residents a set with the threshold 85 comes into force on 1 July; whoever has opened before keeps the old one:

  R1 R2        seven times 8 and three times 9 = 83, opened in June: 83 ≥ 80    → recognised
  R3 R4        the same 83, opened in November: 83 < 85                         → refused
  R5           ten times 8.5 = 85, opened in November: exactly the threshold    → recognised
  R6           moved to chapter 2 on 1 October; ten times 9 = 90                → recognised, counted in chapter 2
  R8           has no account: Chi writes ten times 9, confirmed by the code    → recognised, marked as assisted
  R9           wrote a draft; as R10 the same person handed in ten times 9; the
               records are merged while R10's waits at the association          → one dossier, recognised; one set aside
  V1           ten times 8.5 = 85                                               → recognised
  W1           ten times 8 = 80, the workers' set has not changed               → recognised
  W2           nine times 8 and 7.5 = 79.5 < 80: refused, appeals, is granted,
               writes ten times 8, goes through every body again                → recognised with 80
  W4           ten times 8 = 80, still waits at the commune                     → in review
  O1 O2 O3 O4  ten times 8 = 80                                                 → recognised
  S1 … S5      ten times 9 = 90                                                 → recognised
"""

import datetime
from collections import Counter
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from evaluation.criteria.actions import draft_from, put_in_force, save_part
from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers import actions
from evaluation.dossiers.models import Dossier, Review
from evaluation.recognition.actions import draft_decision
from evaluation.recognition.models import Grouping, GroupingMember, Title
from evaluation.reporting.actions import load_targets
from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import figures
from membership.actions import end_role, grant_role, merge_people
from membership.models import Membership, Person, Role, TargetGroup, TargetGroupPeriod, Unit, UnitKind
from tests.factories.evaluation import sample_criteria
from tests.factories.people import START, PersonFactory, add_unit, add_user, grant, standing_people
from tests.factories.recognition import issue_with_effect

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOV_2025 = datetime.datetime(2025, 11, 10, 8, tzinfo=VIETNAM)
JUNE_2026 = datetime.datetime(2026, 6, 10, 8, tzinfo=VIETNAM)
JULY_2026 = datetime.date(2026, 7, 1)
OCT_2026 = datetime.date(2026, 10, 1)
NOV_2026 = datetime.datetime(2026, 11, 10, 8, tzinfo=VIETNAM)

GROUPS = {
    "R": TargetGroup.RESIDENTS,
    "V": TargetGroup.RESIDENTS,
    "W": TargetGroup.WORKERS,
    "O": TargetGroup.OFFICIALS,
    "S": TargetGroup.STUDENTS,
}
NUMBERS = {"R": 10, "V": 6, "W": 4, "O": 5, "S": 5}  # 30 records


def alike(points):
    return [Decimal(points)] * 10


FALLS_SHORT = [*alike("8")[:9], Decimal("4.5")]  # 9 × 8 + 4.5 = 76.5
BELOW_FLOOR = [*alike("9")[:9], Decimal("4.5")]  # 9 × 9 + 4.5 = 85.5
EIGHTY_THREE = [*alike("8")[:7], *alike("9")[:3]]  # 7 × 8 + 3 × 9 = 83
HALF_SHORT = [*alike("8")[:9], Decimal("7.5")]  # 9 × 8 + 7.5 = 79.5


class Town:
    """The commune's units, officers and people, and how its bodies work."""

    def __init__(self, standing):
        self.standing, self.number = standing, 0
        association = Unit.objects.get(pk=standing.association.pk)
        agency = add_unit(association, UnitKind.AGENCY, "20242-CQ", "Trạm Y tế phường")
        school = add_unit(Unit.objects.get(pk=association.pk), UnitKind.SCHOOL, "20242-TH", "Trường THCS")
        places = [standing.chapter, standing.other_chapter, agency, school]
        self.units = dict(zip("RVOS", (Unit.objects.get(pk=place.pk) for place in places), strict=True))
        self.units["W"] = self.units["R"]
        self.users, self.people = {}, {}
        for letter, count in NUMBERS.items():
            for number in range(1, count + 1):
                self.settle(f"{letter}{number}", letter)
        Person.objects.filter(pk=self.people["S5"].pk).update(birth_year=2012)
        self.officers = {"R": standing.chi, "W": standing.chi, "V": standing.binh}
        for letter in "OS":
            self.officers[letter] = self.officer(f"ban-{letter}", Role.CHAPTER_OFFICER, letter)
        self.heads = {letter: self.officer(f"dau-{letter}", Role.RECOGNISER, letter) for letter in "OS"}

    def settle(self, name, letter):
        unit, group = self.units[letter], GROUPS[letter]
        if name == "R8":  # nobody signs in as R8
            person = PersonFactory(full_name="Người R8")
            TargetGroupPeriod.objects.create(person=person, group=group, valid_from=START)
            Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
        else:
            self.users[name] = add_user(name.lower(), f"Người {name}")
            grant(self.users[name], Role.MEMBER, unit)
            person = self.users[name].person
            person.target_groups.update(group=group)
        self.people[name] = person

    def officer(self, username, role, letter):
        user = add_user(username, f"Cán bộ {username}")
        grant(user, role, self.units[letter])
        return user

    # --- one dossier's way --------------------------------------------------------------------

    def write(self, name, points, at):
        """Opened and scored by the person, or, without an account, by Chi and confirmed by the signed code."""
        by = self.users.get(name, self.standing.chi)
        dossier = actions.open_dossier(person=self.people[name], year=at.year, by=by, at=at)
        entries = [actions.OwnEntry(number, value) for number, value in enumerate(points, start=1)]
        actions.save_own(dossier=dossier, entries=entries, by=by, at=at)
        if name not in self.users:
            actions.confirm_assisted(dossier=dossier, code=actions.confirmation_code(dossier), by=by, at=at)
        return dossier

    def hand_in(self, name, points, at):
        dossier = self.write(name, points, at)
        return actions.submit(dossier=dossier, by=self.users.get(name, self.standing.chi), at=at)

    def pass_on(self, dossier, letter, at):
        """By every body before the one that recognises."""
        for officer in [self.officers[letter], *([] if letter in "OS" else [self.standing.dung])]:
            actions.accept_own_scores(dossier=dossier, by=officer, at=at)
            actions.forward(dossier=dossier, by=officer, at=at)
        return dossier

    def bring(self, name, points, at, letter=""):
        letter = letter or name[0]
        dossier = self.pass_on(self.hand_in(name, points, at), letter, at)
        return actions.accept_own_scores(dossier=dossier, by=self.head(letter), at=at)

    def head(self, letter):
        return self.heads.get(letter, self.standing.lan)

    def refuse(self, dossier, letter, at):
        return actions.decide(
            dossier=dossier, is_recognised=False, reason="Chưa đạt bộ tiêu chí", by=self.head(letter), at=at
        )

    def recognise(self, dossiers, letter, at):
        unit = self.units[letter] if letter in "OS" else self.standing.commune
        by, self.number = self.head(letter), self.number + 1
        decision = draft_decision(unit=unit, year=at.year, dossiers=dossiers, by=by, at=at)
        signed = {"signed_on": at.date(), "signer_name": "Nguyễn Văn Ký", "signer_title": "Thủ trưởng"}
        return issue_with_effect(decision=decision, number=f"{self.number}/QĐ", by=by, at=at, **signed)


@pytest.fixture(scope="module")
def worked_through(django_db_setup, django_db_blocker):
    """Both years, walked once for all that is read from them below; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        sample_criteria()
        load_targets(by=None, at=NOV_2025)
        town = Town(standing_people())
        chapter_2_gets_a_stand_in(town)
        year_2025(town)
        residents_get_a_new_set(town)
        year_2026(town)
        yield town
        transaction.set_rollback(True)


def chapter_2_gets_a_stand_in(town):
    """Chapter 2 has no officers. Dũng could act there, but then no third person is left for the association and the
    commune: the association appoints Bình, with dates."""
    for valid_from in (datetime.date(2025, 11, 1), datetime.date(2026, 11, 1)):
        actions.appoint_stand_in(
            unit=town.standing.other_chapter,
            role=Role.CHAPTER_OFFICER,
            person=town.standing.binh.person,
            valid_from=valid_from,
            valid_to=valid_from + datetime.timedelta(days=60),
            reason="Chi hội chưa kiện toàn",
            by=town.standing.dung,
            at=NOV_2025,
        )


def year_2025(town):
    at = NOV_2025
    commune = [town.bring(name, alike("8"), at) for name in ("R1", "R2", "R3", "R4", "V1")]
    town.refuse(town.bring("R5", FALLS_SHORT, at), "R", at)
    town.refuse(town.bring("R6", BELOW_FLOOR, at), "R", at)
    commune.append(lowered_by_the_chapter(town, at))
    town.write("V2", alike("8"), at)
    town.refuse(town.bring("V3", alike("7.5"), at), "V", at)
    commune += [town.bring(name, alike("8.5"), at) for name in ("W1", "W2")]
    returned = town.hand_in("W3", alike("8"), at)
    actions.return_to_person(dossier=returned, reason="Bổ sung minh chứng", by=town.standing.chi, at=at)
    town.recognise(commune, "R", at)
    town.recognise([town.bring(name, alike("8"), at) for name in ("O1", "O2", "O3")], "O", at)
    town.refuse(town.bring("O4", alike("7"), at), "O", at)
    school = [town.bring(name, alike("9"), at) for name in ("S1", "S2", "S3")]
    town.recognise([*school, town.bring("S5", alike("8"), at)], "S", at)


def lowered_by_the_chapter(town, at):
    dossier = town.hand_in("R7", alike("9"), at)
    given = {"indicator_number": 1, "points": Decimal(6), "reason": "Chưa có sổ đọc sách"}
    actions.review_score(dossier=dossier, by=town.standing.chi, at=at, **given)
    return town.pass_on(dossier, "R", at)


def residents_get_a_new_set(town):
    """Drafted in May, in force from 1 July, the threshold raised from 80 to 85."""
    giang, may = town.standing.giang, datetime.datetime(2026, 5, 4, 8, tzinfo=VIETNAM)
    old = CriteriaSet.objects.get(group=TargetGroup.RESIDENTS, status=CriteriaSet.Status.IN_FORCE, unit=None)
    given = {"unit": town.standing.province, "by": giang, "at": may}
    draft = draft_from(criteria_set=old, version="2026.2", valid_from=JULY_2026, **given)
    draft.threshold = Decimal(85)
    save_part(part=draft, by=giang, at=may)
    put_in_force(criteria_set=draft, by=giang, at=may)


def year_2026(town):
    commune = [town.bring(name, EIGHTY_THREE, JUNE_2026) for name in ("R1", "R2")]
    at = NOV_2026
    for name in ("R3", "R4"):
        town.refuse(town.bring(name, EIGHTY_THREE, at), "R", at)
    commune.append(town.bring("R5", alike("8.5"), at))
    move(town, "R6")
    commune.append(town.bring("R6", alike("9"), at, letter="V"))
    commune.append(town.bring("R8", alike("9"), at))
    commune.append(entered_twice(town, at))
    commune.append(town.bring("V1", alike("8.5"), at))
    commune.append(town.bring("W1", alike("8"), at))
    commune.append(appealed(town, at))
    town.bring("W4", alike("8"), at)
    town.recognise(commune, "R", at + datetime.timedelta(days=14))
    town.recognise([town.bring(f"O{number}", alike("8"), at) for number in range(1, 5)], "O", at)
    town.recognise([town.bring(f"S{number}", alike("9"), at) for number in range(1, 6)], "S", at)


def move(town, name):
    person, given = town.people[name], {"by": None, "at": NOV_2026}
    end_role(membership=person.memberships.get(role=Role.MEMBER), valid_to=OCT_2026, **given)
    grant_role(person=person, unit=town.units["V"], role=Role.MEMBER, valid_from=OCT_2026, **given)


def entered_twice(town, at):
    """R9 has a draft; R10, the same person, has handed in; merged while that waits at the association."""
    town.write("R9", alike("8"), at)
    dossier = town.hand_in("R10", alike("9"), at)
    actions.accept_own_scores(dossier=dossier, by=town.standing.chi, at=at)
    actions.forward(dossier=dossier, by=town.standing.chi, at=at)
    merge_people(duplicate=town.people["R10"], into=town.people["R9"], by=town.standing.dung, at=at)
    dossier.refresh_from_db()
    actions.forward(dossier=dossier, by=town.standing.dung, at=at)
    return dossier


def appealed(town, at):
    """Refused with 79.5, granted on appeal, and through every body once more."""
    dossier = town.refuse(town.bring("W2", HALF_SHORT, at), "W", at)
    week = datetime.timedelta(days=7)
    appeal = actions.file_appeal(dossier=dossier, reason="Thiếu một giấy chứng nhận", by=town.users["W2"], at=at + week)
    granted = {"is_granted": True, "answer": "Cho bổ sung"}
    actions.answer_appeal(appeal=appeal, by=town.standing.giang, at=at + week, **granted)
    dossier.refresh_from_db()
    entries = [actions.OwnEntry(number, Decimal(8)) for number in range(1, 11)]
    actions.save_own(dossier=dossier, entries=entries, by=town.users["W2"], at=at + week)
    actions.submit(dossier=dossier, by=town.users["W2"], at=at + week)
    town.pass_on(dossier, "W", at + week)
    return actions.accept_own_scores(dossier=dossier, by=town.standing.lan, at=at + week)


def states(year):
    rows = Dossier.objects.counting().filter(year=year)
    return Counter(rows.values_list("state", flat=True))


def titled(year, unit):
    return Title.objects.standing().filter(year=year, dossier__unit=unit).count()


def test_thirty_records_are_twenty_nine_people(worked_through):
    town = worked_through
    assert sum(NUMBERS.values()) == len(town.people) == 30
    kept = Person.objects.on_record().filter(pk__in=[person.pk for person in town.people.values()])
    assert kept.count() == 29  # R10 became R9


def test_2025_by_state(worked_through):
    # R1–R4, R7, V1, W1, W2, O1–O3, S1–S3, S5: 4 + 1 + 1 + 2 + 3 + 4 = 15; refused R5, R6, V3, O4; V2 draft; W3 returned
    assert states(2025) == {"recognised": 15, "not_recognised": 4, "draft": 1, "returned": 1}


def test_2025_by_unit(worked_through):
    units = worked_through.units
    assert titled(2025, units["R"]) == 7  # R1–R4, R7 and W1, W2, who belong to chapter 1 too
    assert titled(2025, units["V"]) == 1  # V1
    assert titled(2025, units["O"]) == 3  # O1–O3
    assert titled(2025, units["S"]) == 4  # S1–S3, S5


def test_2025_totals(worked_through):
    totals = Counter(Title.objects.filter(year=2025).values_list("total", flat=True))
    # 80: R1–R4, V1, O1–O3, S5 = 9; 87: R7; 85: W1, W2; 90: S1–S3
    assert totals == {Decimal(80): 9, Decimal(87): 1, Decimal(85): 2, Decimal(90): 3}


def test_2026_by_state(worked_through):
    # R1, R2, R5, R6, R8, R9 (6), V1, W1, W2, O1–O4, S1–S5: 6 + 1 + 2 + 4 + 5 = 18; refused R3, R4; W4 waits
    assert states(2026) == {"recognised": 18, "not_recognised": 2, "in_review": 1}
    assert Dossier.objects.filter(year=2026, state="set_aside").count() == 1  # R9's draft gave way to R10's


def test_2026_by_unit(worked_through):
    units = worked_through.units
    assert titled(2026, units["R"]) == 7  # R1, R2, R5, R8, R9 and W1, W2
    assert titled(2026, units["V"]) == 2  # V1, and R6 who moved there before the dossier was opened
    assert titled(2026, units["O"]) == 4
    assert titled(2026, units["S"]) == 5


def test_2026_totals(worked_through):
    totals = Counter(Title.objects.filter(year=2026).values_list("total", flat=True))
    # 83: R1, R2; 85: R5, V1; 90: R6, R8, R9, S1–S5 = 8; 80: W1, W2, O1–O4 = 6
    assert totals == {Decimal(83): 2, Decimal(85): 2, Decimal(90): 8, Decimal(80): 6}


def test_the_same_score_passes_by_the_old_set_and_fails_by_the_new_one(worked_through):
    sets = {
        name: Dossier.objects.get(person=worked_through.people[name], year=2026).frozen["criteria"]["threshold"]
        for name in ("R1", "R3", "W1")
    }
    assert sets == {"R1": "80.0", "R3": "85.0", "W1": "80.0"}


def test_who_moved_is_counted_once_each_year_where_they_belonged(worked_through):
    units = dict(Dossier.objects.filter(person=worked_through.people["R6"]).values_list("year", "unit"))
    assert units == {2025: worked_through.units["R"].pk, 2026: worked_through.units["V"].pk}


def test_who_was_entered_twice_has_one_dossier_and_one_title(worked_through):
    person = worked_through.people["R9"]
    counting = Dossier.objects.counting().filter(person=person, year=2026)
    assert [(row.state, row.title.total) for row in counting] == [("recognised", Decimal(90))]
    assert not Dossier.objects.counting().filter(person=worked_through.people["R10"]).exists()


def test_who_was_helped_is_marked(worked_through):
    marked = Dossier.objects.filter(is_assisted=True)
    assert [row.person for row in marked] == [worked_through.people["R8"]]
    assert marked.get().confirmed_how == Dossier.Confirmation.CODE


def test_every_title_passed_through_different_people_in_every_body(worked_through):
    for title in Title.objects.select_related("dossier"):
        rounds = Review.objects.filter(dossier=title.dossier, at__gte=title.dossier.submitted_at).order_by("pk")
        people = [review.by_id for review in rounds]
        bodies = title.dossier.chain.steps.count()
        assert len(people) == len(set(people)) == bodies
        assert bodies == (2 if title.dossier.group in {"officials", "students"} else 3)


def test_in_chapter_2_the_stand_in_acted(worked_through):
    reviews = Review.objects.filter(step__order=1, unit=worked_through.units["V"])
    assert {review.by for review in reviews} == {worked_through.standing.binh}


def test_the_figures_of_the_commune(worked_through):
    standing = worked_through.standing
    place = {"place": standing.commune, "valid_from": START}
    Grouping.objects.create(kind="unit", name="Đơn vị học tập", **place)
    community = Grouping.objects.create(kind="community", name="Cộng đồng học tập", **place)
    residents = set(Dossier.objects.filter(group=TargetGroup.RESIDENTS).values_list("person", flat=True))
    GroupingMember.objects.bulk_create(
        GroupingMember(grouping=community, person_id=person, valid_from=START) for person in residents
    )
    found = {year: {row.measure: row for row in figures(standing.commune, year)} for year in (2025, 2026)}
    adults = {year: rows[Measure.ADULTS_TITLED] for year, rows in found.items()}
    # residents: 2025 R1–R4, R7, V1 = 6 of 12 = 50.0 %; 2026 R1, R2, R5, R6, R8, R9, V1 = 7 of 12 = 58.3 %
    # S5, the minor, is a student: in neither year among the adults
    assert (adults[2025].numerator, adults[2025].share) == (6, Decimal("50.0"))
    assert (adults[2026].numerator, adults[2026].share) == (7, Decimal("58.3"))
    staff = {year: rows[Measure.STAFF_TITLED].numerator for year, rows in found.items()}
    # officials and workers: 2025 O1–O3, W1, W2 = 5; 2026 O1–O4, W1, W2 = 6
    assert staff == {2025: 5, 2026: 6}
