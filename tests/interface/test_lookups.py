import pytest
from django import forms

from membership.models import Unit

FAR = [10**40, 2**63, -(2**63) - 1]


@pytest.mark.django_db
def test_no_row_has_a_number_that_no_column_holds(standing):
    assert list(Unit.objects.filter(pk__in=[standing.commune.pk, None, *FAR])) == [standing.commune]
    assert not Unit.objects.filter(pk__in=FAR).exists()
    assert Unit.objects.exclude(pk__in=FAR).count() == Unit.objects.count()


@pytest.mark.django_db
def test_a_form_that_offers_several_refuses_it(standing):
    field = forms.ModelMultipleChoiceField(Unit.objects.all())
    with pytest.raises(forms.ValidationError, match="9" * 40):
        field.clean([str(standing.commune.pk), "9" * 40])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bounds", "are_all"), [((0, 10**40), True), ((-(10**40), 2**63), True), ((2**63, 10**40), False)]
)
def test_a_bound_that_no_column_holds_bounds_nothing_or_leaves_nothing(standing, bounds, are_all):
    assert Unit.objects.filter(pk__range=bounds).count() == (Unit.objects.count() if are_all else 0)
