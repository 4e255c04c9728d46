import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from membership.actions import load_units
from membership.decrees.reform import REFORM
from membership.models import Unit, UnitKind, UnitSuccession

DAY_AFTER = datetime.date(2026, 1, 1)
DAY_BEFORE = datetime.date(2025, 6, 30)


@pytest.fixture
def loaded(db, at):
    load_units(province="48", by=None, at=at)


def test_new_map_has_94_communes_each_with_its_association(loaded):
    communes = Unit.objects.on(DAY_AFTER).filter(kind=UnitKind.COMMUNE)
    names = [name.partition(" ")[0] for name in communes.values_list("name", flat=True)]
    assert (names.count("Phường"), names.count("Xã"), names.count("Đặc")) == (23, 70, 1)
    for commune in communes:
        assert [child.code for child in commune.get_children()] == [f"{commune.code}-HKH"]
    province = Unit.objects.with_code("48", DAY_AFTER).get()
    assert province.get_children().filter(kind=UnitKind.ASSOCIATION).get().name == "Hội Khuyến học thành phố Đà Nẵng"


def test_old_map_has_two_provinces_their_districts_and_communes(loaded):
    old = Unit.objects.on(DAY_BEFORE)
    assert old.filter(kind=UnitKind.COMMUNE).count() == 280
    assert old.filter(kind=UnitKind.DISTRICT).count() == 25
    assert list(old.filter(kind=UnitKind.PROVINCE).order_by("code", "name").values_list("name", flat=True)) == [
        "Thành phố Đà Nẵng",
        "Tỉnh Quảng Nam",
    ]
    assert not Unit.objects.on(REFORM).filter(kind=UnitKind.DISTRICT).exists()


def test_successions_are_280_whole_and_one_split(loaded):
    """The 280 communes and huyện Hoàng Sa, which had none."""
    of_places = UnitSuccession.objects.exclude(old__kind=UnitKind.PROVINCE)
    assert of_places.filter(extent=UnitSuccession.Extent.WHOLE).count() == 280
    split = of_places.filter(extent=UnitSuccession.Extent.PART)
    assert set(split.values_list("old__name", "new__code")) == {("Xã Hòa Liên", "20194"), ("Xã Hòa Liên", "20197")}


def test_hoang_sa_lives_on_as_a_whole(loaded):
    old = Unit.objects.with_code("498", DAY_BEFORE).get()
    assert [unit.name for unit in Unit.objects.living_on_from(old, DAY_AFTER)] == ["Đặc khu Hoàng Sa"]


def test_tree_is_sound_and_codes_keep_their_zeros(loaded):
    assert Unit.find_problems() == ([], [], [], [], [])
    assert all(len(unit.code) == 5 for unit in Unit.objects.filter(kind=UnitKind.COMMUNE))


def test_tien_my_lives_on_in_tien_phuoc(loaded):
    old = Unit.objects.with_code("20881", DAY_BEFORE).get()
    assert old.name == "Xã Tiên Mỹ"
    assert [unit.code for unit in Unit.objects.living_on_from(old, DAY_AFTER)] == ["20854"]


def test_loading_again_changes_nothing(loaded, at):
    before = list(Unit.objects.values_list("pk", "path", "numchild"))
    assert load_units(province="48", by=None, at=at) == 0
    assert list(Unit.objects.values_list("pk", "path", "numchild")) == before


def test_loading_keeps_units_that_stand_already(standing, at):
    load_units(province="48", by=None, at=at)
    assert Unit.find_problems() == ([], [], [], [], [])
    assert Unit.objects.get(pk=standing.chapter.pk).get_parent().pk == standing.association.pk


def test_loading_takes_few_queries(db, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        load_units(province="48", by=None, at=at)


def test_only_administrators_load_the_map(standing, at):
    with pytest.raises(PermissionDenied):
        load_units(province="48", by=standing.giang, at=at)


@pytest.mark.parametrize("name", ["48", "Đà Nẵng", "thanh pho da nang"])
def test_province_is_known_by_code_and_name(standing, at, name):
    assert load_units(province=name, by=None, at=at) > 400


def test_another_province_comes_with_its_old_map(db, at):
    load_units(province="Bắc Ninh", by=None, at=at)
    assert Unit.objects.on(DAY_AFTER).filter(kind=UnitKind.COMMUNE).count() == 99
    old = Unit.objects.on(DAY_BEFORE).filter(kind=UnitKind.PROVINCE).values_list("name", flat=True)
    assert sorted(old) == ["Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"]


@pytest.mark.parametrize(("name", "told"), [("Bắc Ninh", "Thành phố Đà Nẵng"), ("Quảng Nam", "Quảng Ngãi")])
def test_what_is_no_province_or_not_that_of_the_site_is_refused(standing, at, name, told):
    with pytest.raises(ValidationError, match=told):
        load_units(province=name, by=None, at=at)
