import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from evaluation.reporting.models import Change
from membership.actions import add_unit, change_unit, close_unit, grant_role, move_unit, remove_unit, reopen_unit
from membership.models import Membership, Role, Unit, UnitKind
from membership.occupancy import against_closing
from tests.factories.people import START, add_user

DAY = datetime.timedelta(days=1)


def new_chapter(standing, by, at, **changes):
    values = {"parent": standing.association, "kind": UnitKind.CHAPTER, "code": "20242-09", "name": "Chi hội chợ"}
    return add_unit(**{**values, "valid_from": START, **changes}, by=by, at=at)


def test_officer_adds_a_chapter(standing, at):
    chapter = new_chapter(standing, standing.dung, at)
    assert chapter.get_parent() == standing.association
    assert chapter.folded_name == "chi hoi cho"
    assert ModelLogEntry.objects.filter(action="membership.add_unit", user=standing.dung).count() == 1


def test_adding_the_same_unit_again_returns_it(standing, at):
    assert new_chapter(standing, standing.dung, at) == new_chapter(standing, standing.dung, at)


def test_officer_of_another_commune_adds_nothing_here(standing, at):
    with pytest.raises(PermissionDenied):
        new_chapter(standing, standing.ha, at)


def test_chapter_cannot_stand_under_a_commune(standing, administrator, at):
    with pytest.raises(ValidationError):
        new_chapter(standing, administrator, at, parent=standing.commune)


def test_code_of_another_unit_is_not_given_twice(standing, at):
    with pytest.raises(ValidationError, match="Chi hội khối phố 1"):
        new_chapter(standing, standing.dung, at, code=standing.chapter.code, valid_from=START + DAY)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (UnitKind.MASS_BODY, "commune"),
        (UnitKind.DEPARTMENT, "agency"),
        (UnitKind.CHAPTER, "agency"),
        (UnitKind.SCHOOL, "association"),
    ],
)
def test_each_kind_has_its_chain(standing, at, kind, parent):
    agency = new_chapter(standing, standing.giang, at, kind=UnitKind.AGENCY, code="CQ")
    above = {"agency": agency, "commune": standing.commune, "association": standing.association}[parent]
    assert new_chapter(standing, standing.giang, at, parent=above, kind=kind).get_parent() == above


def renamed(standing, at, name="Chi hội khối phố Một", by=None, **changes):
    day = at.date() if "valid_from" not in changes else changes.pop("valid_from")
    values = {"unit": standing.chapter, "kind": UnitKind.CHAPTER, "valid_from": day, **changes}
    return change_unit(**values, name=name, by=by or standing.dung, at=at)


def name_on(unit, day):
    return Unit.objects.as_of(day).get(pk=unit.pk).name_then


def test_new_name_keeps_the_row_and_the_old_name_its_days(standing, at, today):
    renamed(standing, at, valid_from=today - 10 * DAY)
    assert name_on(standing.chapter, today - 11 * DAY) == "Chi hội khối phố 1"
    assert name_on(standing.chapter, today - 10 * DAY) == "Chi hội khối phố Một"
    assert Unit.objects.matching("pho mot").get() == standing.chapter
    assert ModelLogEntry.objects.filter(action="membership.change_unit").count() == 1


def test_slip_in_a_name_is_taken_back_without_a_trace(standing, at, today):
    renamed(standing, at, name="Chi hội khối phố l", valid_from=today)
    renamed(standing, at, name="Chi hội khối phố 1", valid_from=today)
    assert not standing.chapter.former_names.exists()
    renamed(standing, at, name="Chi hội tổ 1", valid_from=START)
    assert name_on(standing.chapter, START) == "Chi hội tổ 1"


@pytest.mark.parametrize("days", [-20, 1])
def test_name_changes_neither_before_the_last_change_nor_in_days_to_come(standing, at, today, days):
    renamed(standing, at, valid_from=today - 10 * DAY)
    with pytest.raises(ValidationError):
        renamed(standing, at, name="Chi hội khác", valid_from=today + days * DAY)


def test_kind_changes_only_where_all_that_is_there_can_stay(standing, at):
    agency = new_chapter(standing, standing.dung, at, kind=UnitKind.AGENCY, code="CQ")
    renamed(standing, at, unit=agency, name=agency.name, kind=UnitKind.SCHOOL)
    assert Unit.objects.get(pk=agency.pk).kind == UnitKind.SCHOOL
    new_chapter(standing, standing.dung, at, parent=agency, kind=UnitKind.DEPARTMENT, name="Phòng Đào tạo", code="PB")
    with pytest.raises(ValidationError, match="Phòng Đào tạo"):
        renamed(standing, at, unit=agency, name=agency.name, kind=UnitKind.CHAPTER)
    with pytest.raises(ValidationError):
        renamed(standing, at, unit=standing.commune, name="X", kind=UnitKind.AGENCY, by=standing.giang)


def test_unit_moves_within_its_commune_with_all_that_is_beneath(standing, at):
    school = new_chapter(standing, standing.dung, at, kind=UnitKind.SCHOOL, code="TH")
    Change.objects.all().delete()
    moved = move_unit(unit=standing.chapter, parent=school, by=standing.dung, at=at)
    assert moved.pk == standing.chapter.pk
    assert moved.get_parent() == school
    assert Unit.find_problems() == ([], [], [], [], [])
    assert Change.objects.filter(person_id=standing.an.person_id).exists()
    assert move_unit(unit=moved, parent=school, by=standing.dung, at=at) == moved
    assert ModelLogEntry.objects.filter(action="membership.move_unit").count() == 1


def test_unit_goes_to_another_commune_only_while_it_counts_nowhere(standing, at):
    new = new_chapter(standing, standing.giang, at)
    moved = move_unit(unit=new, parent=standing.foreign_association, by=standing.giang, at=at)
    assert moved.get_parent() == standing.foreign_association
    with pytest.raises(ValidationError, match="các năm trước"):
        move_unit(unit=standing.chapter, parent=standing.foreign_association, by=standing.giang, at=at)


def test_unit_closes_when_nobody_is_there_and_opens_again(standing, at, today):
    with pytest.raises(ValidationError, match=r"Trần Thị An.*Phạm Thị Chi"):
        close_unit(unit=standing.chapter, valid_to=today, by=standing.dung, at=at)
    with pytest.raises(ValidationError, match="Chi hội khối phố 1, Chi hội khối phố 2"):
        close_unit(unit=standing.association, valid_to=today, by=standing.giang, at=at)
    Membership.objects.filter(unit=standing.chapter).update(valid_to=today)
    closed = close_unit(unit=standing.chapter, valid_to=today, by=standing.dung, at=at)
    assert not Unit.objects.on(today).filter(pk=closed.pk).exists()
    reopen_unit(unit=closed, by=standing.dung, at=at)
    assert Unit.objects.on(today).filter(pk=closed.pk).exists()


def test_who_holds_a_role_is_named_with_the_associations_name_as_it_is_written(standing, today):
    told = " ".join(against_closing(standing.association, today))
    assert "Võ Văn Dũng (cán bộ Hội Khuyến học" in told


def test_unit_opens_again_only_where_it_can_stand(standing, at, today):
    new = new_chapter(standing, standing.dung, at, valid_from=today - DAY)
    close_unit(unit=new, valid_to=today, by=standing.dung, at=at)
    new_chapter(standing, standing.dung, at, valid_from=today)
    with pytest.raises(ValidationError, match="20242-09"):
        reopen_unit(unit=new, by=standing.dung, at=at)


def test_unit_added_by_mistake_is_removed_while_nothing_was_there(standing, at, today):
    new = new_chapter(standing, standing.dung, at)
    remove_unit(unit=new, by=standing.dung, at=at)
    assert not Unit.objects.filter(pk=new.pk).exists()
    assert ModelLogEntry.objects.filter(action="membership.remove_unit").count() == 1
    occupied = new_chapter(standing, standing.dung, at)
    person = add_user("moi", "Lê Văn Mới").person
    grant_role(person=person, unit=occupied, role=Role.MEMBER, valid_from=today, by=standing.dung, at=at)
    for unit, by in [(occupied, standing.dung), (standing.association, standing.giang)]:
        with pytest.raises(ValidationError):
            remove_unit(unit=unit, by=by, at=at)
    assert Unit.objects.filter(pk=occupied.pk).exists()


@pytest.mark.parametrize(
    ("who", "unit"),
    [("ha", "chapter"), ("chi", "chapter"), ("dung", "association"), ("giang", "province"), ("minh", "chapter")],
)
def test_nobody_changes_their_own_unit_or_anothers(standing, at, today, who, unit):
    about = {"unit": getattr(standing, unit), "by": getattr(standing, who), "at": at}
    for action, values in [
        (change_unit, {"name": "Khác", "kind": about["unit"].kind, "valid_from": today}),
        (move_unit, {"parent": standing.foreign_association}),
        (close_unit, {"valid_to": today}),
        (reopen_unit, {}),
        (remove_unit, {}),
    ]:
        with pytest.raises(PermissionDenied):
            action(**about, **values)


def test_officer_moves_nothing_out_of_their_reach(standing, at):
    new = new_chapter(standing, standing.dung, at)
    with pytest.raises(PermissionDenied):
        move_unit(unit=new, parent=standing.foreign_association, by=standing.dung, at=at)
