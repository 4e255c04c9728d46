import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recognition.actions import (
    add_members,
    close_grouping,
    end_member,
    open_grouping,
    revoke,
    set_rule,
)
from evaluation.recognition.groupings import kind_sums, reached, standing_of
from evaluation.recognition.models import Grouping, GroupingRule, Title
from membership.actions import merge_people
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.people import START, add_unit, add_user
from tests.factories.recognition import dossier_scored, in_effect
from tests.queries import assert_constant_queries

DAY = datetime.date(YEAR, 12, 31)


def opened(world, kind, name, day=START):
    return open_grouping(kind=kind, name=name, place=world.chapter, valid_from=day, by=world.dung, at=AT)


@pytest.fixture
def family(world):
    return open_grouping(
        kind="family", name="Gia đình số 7", place=world.chapter, valid_from=START, by=world.dung, at=AT
    )


def add(grouping, world, *users, day=START):
    codes = [user.person.code for user in users]
    return add_members(grouping=grouping, codes=codes, valid_from=day, by=world.dung, at=AT)


def figures(grouping, day=DAY):
    found = standing_of(grouping, YEAR, day)
    return found.titled, found.members, found.has_reached


def test_a_family_counts_the_titles_of_its_members(world, family):
    other = another_member(world.chapter, 1)
    assert add(family, world, world.an, other) == 2
    in_effect(world, dossier_scored(world.an, world))
    assert figures(family) == (1, 2, None)
    set_rule(kind="family", percent=Decimal(50), source="Mẫu", valid_from=START, by=world.giang, at=AT)
    assert figures(family) == (1, 2, True)
    revoke(title=Title.objects.get(), reason="Nhầm", by=world.lan, at=AT)
    assert figures(family) == (0, 2, False)


def test_a_learning_unit_takes_the_members_of_its_place_and_needs_nine_in_ten(world):
    people = [world.an, world.chi, *(another_member(world.chapter, number) for number in range(8))]
    unit = open_grouping(kind="unit", name="Chi hội", place=world.chapter, valid_from=START, by=world.dung, at=AT)
    titled = [person for person in people if person != world.chi]
    decision = in_effect(world, *[dossier_scored(person, world) for person in titled])
    assert figures(unit) == (9, 10, True)
    revoke(title=decision.titles.first(), reason="Nhầm", by=world.lan, at=AT)
    assert figures(unit) == (8, 10, False)
    with pytest.raises(ValidationError):
        add(unit, world, world.an)


@given(st.integers(0, 60), st.integers(0, 60), st.decimals(1, 100, places=2))
def test_reaching_is_the_share_of_members_and_never_said_of_nobody(titled, members, percent):
    said = reached(titled, members, percent)
    if members:
        assert said == (Decimal(titled) / members * 100 >= percent or 100 * titled == percent * members)
    else:
        assert said is None
    assert reached(titled, members, None) is None


def test_opening_and_adding_twice_change_nothing(world, family):
    again = open_grouping(
        kind="family", name=" Gia đình số 7", place=world.chapter, valid_from=DAY, by=world.dung, at=AT
    )
    assert again == family
    assert [add(family, world, world.an), add(family, world, world.an)] == [1, 0]


def test_only_who_manages_people_there_changes_groups(world, family):
    for stranger in (world.an, world.chi, world.lan, world.ha, world.minh):
        with pytest.raises(PermissionDenied):
            open_grouping(kind="clan", name="Tộc", place=world.chapter, valid_from=START, by=stranger, at=AT)
        with pytest.raises(PermissionDenied):
            add_members(grouping=family, codes=[world.an.person.code], valid_from=START, by=stranger, at=AT)
        with pytest.raises(PermissionDenied):
            set_rule(kind="clan", percent=Decimal(70), source="x", valid_from=START, by=stranger, at=AT)


def test_people_beyond_reach_are_named_and_nobody_is_added(world, family):
    far = another_member(world.foreign_chapter, 1)
    with pytest.raises(ValidationError, match=far.person.code):
        add(family, world, world.an, far)
    assert not family.members.exists()


def test_who_leaves_counts_until_that_day(world, family):
    add(family, world, world.an)
    member = family.members.get()
    end_member(member=member, valid_to=datetime.date(YEAR, 6, 1), by=world.dung, at=AT)
    end_member(member=member, valid_to=datetime.date(YEAR, 7, 1), by=world.dung, at=AT)
    assert figures(family, datetime.date(YEAR, 5, 31))[1] == 1
    assert figures(family, datetime.date(YEAR, 6, 1))[1] == 0


def test_a_closed_group_is_gone_from_that_day(world, family):
    close_grouping(grouping=family, valid_to=datetime.date(YEAR, 6, 1), by=world.dung, at=AT)
    close_grouping(grouping=family, valid_to=datetime.date(YEAR, 9, 1), by=world.dung, at=AT)
    names = [
        [standing.grouping.name for kind in kind_sums(world.commune, YEAR, day) for standing in kind.standings]
        for day in (datetime.date(YEAR, 5, 31), datetime.date(YEAR, 6, 1))
    ]
    assert names == [["Gia đình số 7"], []]


def test_a_rule_ends_when_the_next_begins_and_the_old_year_keeps_it(world):
    set_rule(
        kind="unit", percent=Decimal(95), source="Mới", valid_from=datetime.date(2026, 1, 1), by=world.giang, at=AT
    )
    again = set_rule(kind="unit", percent=Decimal(95), source="Mới", valid_from=DAY, by=world.giang, at=AT)
    days = (datetime.date(2025, 12, 31), datetime.date(2026, 1, 1))
    assert [GroupingRule.objects.on(day)["unit"].percent for day in days] == [90, 95]
    assert again.valid_from == datetime.date(2026, 1, 1)
    with pytest.raises(ValidationError):
        set_rule(kind="unit", percent=Decimal(80), source="Cũ", valid_from=START, by=world.giang, at=AT)


def test_merged_records_are_one_member(world, family):
    twin = another_member(world.chapter, 1)
    add(family, world, world.an, twin)
    admin = add_user("quantri", "Quản trị", is_superuser=True)
    merge_people(duplicate=twin.person, into=world.an.person, by=admin, at=AT)
    assert figures(family)[1] == 1


def test_pages_cost_the_same_however_many_groups_and_members(client, world, family):
    add(family, world, world.an)
    client.force_login(world.dung)
    overview = reverse("recognition:groupings", args=[world.commune.code])

    def more():
        for number in range(3):
            clan = open_grouping(
                kind="clan", name=f"Tộc {number}", place=world.chapter, valid_from=START, by=world.dung, at=AT
            )
            add(clan, world, world.chi)
        add(family, world, world.chi, another_member(world.chapter, 9))

    assert_constant_queries(lambda: (client.get(overview).content, client.get(family.get_absolute_url()).content), more)


def test_the_pages_show_figures_and_let_officers_add(client, world):
    client.force_login(world.dung)
    overview = reverse("recognition:groupings", args=[world.association.code])
    assert client.get(reverse("recognition:own_groupings")).url == overview
    response = client.post(overview, {"kind": "clan", "name": "Tộc Võ"})
    clan = Grouping.objects.get()
    assert response.url == clan.get_absolute_url()
    assert client.post(response.url, {"codes": "KHÔNG-CÓ"}).status_code == 422
    assert (
        client.post(response.url, {"codes": f"{world.an.person.code}\n{world.chi.person.code.lower()}"}).status_code
        == 302
    )
    page = client.get(response.url).content.decode()
    assert "Trần Thị An" in page
    client.post(reverse("recognition:end_member", args=[clan.pk, clan.members.first().pk]))
    assert clan.members.count() == 1
    assert "Tộc Võ" in client.get(overview).content.decode()


def test_groups_of_elsewhere_are_not_known(client, world, family):
    client.force_login(world.ha)
    assert client.get(family.get_absolute_url()).status_code == 404
    assert client.get(reverse("recognition:groupings", args=[world.commune.code])).status_code == 404
    client.force_login(world.minh)  # an auditor sees figures, not who lives in which family
    overview = client.get(reverse("recognition:groupings", args=[world.commune.code]))
    assert overview.status_code == 200
    assert family.get_absolute_url() not in overview.content.decode()
    assert client.get(family.get_absolute_url()).status_code == 404
    assert client.get(reverse("recognition:grouping_rule", args=["clan"])).status_code == 404


def test_the_province_sets_a_rule_on_its_page(client, world):
    client.force_login(world.giang)
    address = reverse("recognition:grouping_rule", args=["clan"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"percent": "0", "source": "x"}).status_code == 422
    assert client.post(address, {"percent": "70", "source": "Hướng dẫn của tỉnh"}).status_code == 302
    assert GroupingRule.objects.get(kind="clan").percent == 70


def test_a_group_lies_in_a_place_of_its_own(world):
    far = add_unit(world.association, "chapter", "20242-77", "Chi hội khối phố 77")
    open_grouping(kind="community", name="Khối phố", place=far, valid_from=START, by=world.dung, at=AT)
    assert not any(kind.standings for kind in kind_sums(world.chapter, YEAR, DAY))
