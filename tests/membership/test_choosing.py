"""Of two hundred units of one name, the right one is found in a form."""

import pytest
from django import forms

from membership.choosing import UnitChoiceField
from membership.models import Unit


class PlaceForm(forms.Form):
    unit = UnitChoiceField()


@pytest.fixture
def form(standing):
    made = PlaceForm()
    made.fields["unit"].offer(Unit.objects.all())
    return made


def test_units_stand_beneath_their_commune_with_what_is_above_them(form, standing):
    groups = dict(form.fields["unit"].choices)
    assert (standing.chapter.pk, "Chi hội khối phố 1, Hội Khuyến học phường Hải Châu") in groups["Phường Hải Châu"]
    assert (standing.foreign_chapter.pk, "Chi hội thôn 1, Hội Khuyến học xã Tiên Phước") in groups["Xã Tiên Phước"]
    assert form.fields["unit"].initial == standing.province.pk


def test_what_is_above_is_named_though_it_may_not_be_chosen(standing):
    made = PlaceForm()
    made.fields["unit"].offer(Unit.objects.filter(pk=standing.chapter.pk))
    assert made.fields["unit"].choices == [(standing.chapter.pk, "Chi hội khối phố 1, Hội Khuyến học phường Hải Châu")]


def test_what_was_not_offered_is_refused(standing):
    made = PlaceForm({"unit": standing.foreign_chapter.pk})
    made.fields["unit"].offer(Unit.objects.filter(pk=standing.chapter.pk))
    assert not made.is_valid()


def test_queries_do_not_grow_with_the_units(standing, django_assert_num_queries):
    with django_assert_num_queries(1):
        PlaceForm().fields["unit"].offer(Unit.objects.all())
