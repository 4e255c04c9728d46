"""Of two hundred units of one name, the right one is found in a form."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from membership import choosing
from membership.choosing import GroupChoiceField, UnitChoiceField, labels_of
from membership.models import Unit, UnitKind
from membership.registries.groups import GROUPS
from tests.factories.people import add_unit


class PlaceForm(forms.Form):
    unit = UnitChoiceField()


@pytest.fixture
def form(standing):
    made = PlaceForm()
    made.fields["unit"].offer(Unit.objects.all())
    return made


def test_units_say_where_they_are(form, standing):
    choices = dict(form.fields["unit"].choices)
    assert choices[standing.chapter.pk] == "Chi hội khối phố 1, phường Hải Châu"
    assert choices[standing.association.pk] == "Hội Khuyến học phường Hải Châu"
    assert form.fields["unit"].initial == standing.province.pk


def test_what_is_above_is_named_though_it_may_not_be_chosen(standing):
    made = PlaceForm()
    made.fields["unit"].offer(Unit.objects.filter(pk=standing.chapter.pk))
    assert made.fields["unit"].choices == [(standing.chapter.pk, "Chi hội khối phố 1, phường Hải Châu")]


def test_units_called_alike_are_told_apart_by_code(standing):
    twin = add_unit(Unit.objects.get(pk=standing.association.pk), UnitKind.CHAPTER, "20242-X", "Chi hội khối phố 1")
    labels = labels_of(list(Unit.objects.all()))
    assert labels[twin.pk] == "Chi hội khối phố 1, phường Hải Châu (20242-X)"


def test_units_that_only_accents_tell_apart_can_each_be_chosen(choose, standing):
    above = standing.association.pk
    for code, name in [("20242-Y", "Chi hội thôn Hà"), ("20242-Z", "Chi hội thôn Hạ")]:
        add_unit(Unit.objects.get(pk=above), UnitKind.CHAPTER, code, name)
    for typed in labels_of(list(Unit.objects.filter(code__in=["20242-Y", "20242-Z"]))).values():
        assert choose(typed).is_valid(), typed


@pytest.fixture
def choose(standing, monkeypatch):
    """As among many units, where one types."""
    monkeypatch.setattr(choosing, "MOST_IN_LIST", 2)

    def choose(typed="", **initial):
        made = PlaceForm({"unit": typed}) if typed else PlaceForm(initial=initial)
        made.fields["unit"].offer(Unit.objects.all())
        return made

    return choose


@pytest.mark.parametrize("typed", ["Chi hội khối phố 1, phường Hải Châu", "khoi pho 1", "PHỐ 1 hải châu"])
def test_unit_is_found_by_its_words(choose, standing, typed):
    form = choose(typed)
    assert form.is_valid()
    assert form.cleaned_data["unit"] == standing.chapter


@pytest.mark.parametrize(("typed", "told"), [("chi hoi", "Chi hội thôn 1, xã Tiên Phước"), ("Chi hội chợ", "chợ")])
def test_words_of_several_units_or_none_are_refused_in_words(choose, typed, told):
    form = choose(typed)
    assert told in form.errors["unit"][0]


def test_what_is_chosen_stands_in_words_and_all_are_proposed(choose, standing):
    shown = str(choose(unit=standing.chapter.pk)["unit"])
    assert 'value="Chi hội khối phố 1, phường Hải Châu"' in shown
    assert '<option value="Chi hội thôn 1, xã Tiên Phước">' in shown


def test_what_was_not_offered_is_refused(standing):
    made = PlaceForm({"unit": standing.foreign_chapter.pk})
    made.fields["unit"].offer(Unit.objects.filter(pk=standing.chapter.pk))
    assert not made.is_valid()


def test_queries_do_not_grow_with_the_units(standing, django_assert_num_queries):
    with django_assert_num_queries(1):
        PlaceForm().fields["unit"].offer(Unit.objects.all())


def test_a_group_is_named_with_its_kind_and_keys_that_are_kept_stay_valid(standing):
    field = GroupChoiceField()
    field.offer(standing.chi)
    assert field.clean("role:officers") == ("role:officers", "Theo vai trò: Cán bộ, mọi vai trò")
    assert {field.clean(key).group for key in ("unit:", "target:residents")} == {"unit:", "target:residents"}
    assert {"unit", "role", "target", "unfinished", "untrained"} <= GROUPS.keys()
    with pytest.raises(ValidationError):
        field.clean("untold:")
