import datetime

import pytest

from membership.models import Membership, Person, Role, Unit, UnitKind, UnitSuccession
from membership.policy import Action, reach
from tests.factories.people import START, PersonFactory, add_unit

DAY = datetime.timedelta(days=1)


def test_a_period_holds_from_its_first_day_until_the_day_before_its_end(standing):
    membership = Membership.objects.get(person=standing.an.person)
    membership.valid_to = START + 10 * DAY
    membership.save()
    held = Membership.objects.filter(pk=membership.pk)
    assert not held.on(START - DAY).exists()
    assert held.on(START).exists()
    assert held.on(START + 9 * DAY).exists()
    assert not held.on(START + 10 * DAY).exists()


def test_successors_are_followed_through_several_changes(standing, today):
    def ended(code, name):
        unit = add_unit(None, UnitKind.COMMUNE, code, name)
        Unit.objects.filter(pk=unit.pk).update(valid_to=START + 30 * DAY)
        return Unit.objects.get(pk=unit.pk)

    first, second = ended("a", "Xã Một"), ended("b", "Xã Hai")
    UnitSuccession.objects.create(old=first, new=second, extent="whole")
    UnitSuccession.objects.create(old=second, new=standing.commune, extent="part")
    UnitSuccession.objects.create(old=second, new=standing.foreign_commune, extent="part")
    assert list(Unit.objects.living_on_from(first, START)) == [first]
    assert set(Unit.objects.living_on_from(first, today)) == {standing.commune, standing.foreign_commune}
    assert list(Unit.objects.gone_into(standing.commune)) == [second]


def test_unit_without_successor_lives_on_nowhere(standing, today):
    Unit.objects.filter(pk=standing.other_chapter.pk).update(valid_to=today)
    assert not Unit.objects.living_on_from(standing.other_chapter, today).exists()


def test_below_holds_the_unit_and_its_descendants(standing):
    assert set(Unit.objects.below(standing.association)) == {
        standing.association, standing.chapter, standing.other_chapter,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["tran thi an", "TRẦN", "an tran", "trần an"])
def test_people_are_found_without_accents_in_any_order(standing, text):
    assert standing.an.person in Person.objects.matching(text)
    assert standing.dung.person not in Person.objects.matching(text)


def test_people_are_found_by_code(standing):
    code = standing.an.person.code
    assert list(Person.objects.matching(code.lower())) == [standing.an.person]


def test_codes_are_those_of_the_record_and_of_what_was_merged_into_it_and_nobody_has_none(standing):
    an, chi = standing.an.person, standing.chi.person
    Person.objects.filter(pk=an.pk).update(merged_into=chi)
    assert set(Person.objects.codes_of(chi.pk)) == {an.code, chi.code}
    assert not Person.objects.codes_of(None).exists()
    for code in (an.code, chi.code):
        assert list(Person.objects.bearing(code)) == [chi]


def test_home_is_where_one_is_a_member(standing, today):
    people = {person.full_name: person for person in Person.objects.home_unit_on(today)}
    assert people["Phạm Thị Chi"].home_unit_name == "Chi hội khối phố 1"  # officer and member
    assert people["Võ Văn Dũng"].home_unit_id == standing.association.pk  # officer only
    PersonFactory(full_name="Lê Lạc")
    assert Person.objects.home_unit_on(today).get(full_name="Lê Lạc").home_unit_id is None


def test_officers_see_the_people_of_their_units_only(standing, today):
    seen = Person.objects.within(reach(standing.ha, Action.VIEW_PEOPLE, "unit__"), today)
    assert list(seen) == [standing.ha.person]


def test_merged_and_erased_people_are_off_the_record(standing, at):
    Person.objects.filter(pk=standing.an.person.pk).update(merged_into=standing.chi.person)
    Person.objects.filter(pk=standing.minh.person.pk).update(erased_at=at)
    on_record = Person.objects.on_record()
    assert standing.an.person not in on_record
    assert standing.minh.person not in on_record
    assert standing.chi.person in on_record


def test_list_of_roles_reads_people_and_units_at_once(standing, django_assert_num_queries):
    with django_assert_num_queries(1):
        for membership in Membership.objects.for_administration():
            assert membership.person.full_name
            assert membership.unit.name


def test_people_sort_by_given_name(standing):
    assert [person.full_name.rpartition(" ")[2] for person in Person.objects.all()] == [
        "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Lan", "Minh",
    ]  # fmt: skip


def test_members_role_is_plain(standing, today):
    assert Membership.objects.of(standing.an).on(today).get().role == Role.MEMBER
