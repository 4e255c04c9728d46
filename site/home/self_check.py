"""Ten questions to oneself: what the verdict would be. Nothing that is entered is stored."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import reason_texts
from evaluation.criteria.models import CriteriaSet, Indicator
from evaluation.criteria.scoring import Verdict, judge
from membership.models import TargetGroup

_GROUP = "nhom"

Figures = Mapping[int, Decimal | None]


@dataclass(frozen=True)
class Check:
    criteria: CriteriaSet
    form: forms.Form
    group: str
    groups: list[tuple[str, str]]
    is_empty: bool  # sent without a single figure
    verdict: Verdict | None
    reasons: list[str]
    cells: list[dict[str, Any]]
    maximum: Decimal


def for_visitor(params: QueryDict, day: datetime.date) -> Check | None:
    """The form for the group asked for (residents at first), and the verdict once points were entered."""
    group = params.get(_GROUP, "")
    group = group if group in TargetGroup.values else TargetGroup.RESIDENTS
    nationwide = CriteriaSet.objects.in_force(day).filter(group=group, unit=None)
    criteria = nationwide.order_by("-valid_from", "-pk").first()
    if criteria is None:
        return None
    indicators = list(criteria.indicators.all())
    is_answered = any(params.get(str(indicator.number), "").strip() for indicator in indicators)
    form = _form(indicators, criteria.step, params if is_answered else None)
    is_empty = not is_answered and any(str(indicator.number) in params for indicator in indicators)
    is_sound = is_answered and form.is_valid()
    points = {int(name): value for name, value in form.cleaned_data.items()} if is_sound else None
    return _check(criteria, indicators, form, group, points, is_empty=is_empty)


def _check(
    criteria: CriteriaSet,
    indicators: list[Indicator],
    form: forms.Form,
    group: str,
    points: Figures | None,
    *,
    is_empty: bool,
) -> Check:
    verdict = None
    if points is not None:
        numbers = [indicator.number for indicator in indicators]
        verdict = judge(points, criteria.threshold, criteria.floor, numbers)
    return Check(
        criteria=criteria,
        form=form,
        group=group,
        groups=[(value, str(label)) for value, label in TargetGroup.choices],
        is_empty=is_empty,
        verdict=verdict,
        reasons=reason_texts(verdict.reasons, {one.number: one.name for one in indicators}) if verdict else [],
        cells=[_cell(indicator, criteria.floor, points or {}) for indicator in indicators],
        maximum=sum((indicator.maximum for indicator in indicators), Decimal(0)),
    )


def _cell(indicator: Indicator, floor: Decimal, points: Figures) -> dict[str, Any]:
    return {
        "number": indicator.number,
        "name": indicator.name,
        "self": points.get(indicator.number),
        "maximum": indicator.maximum,
        "floor": floor,
    }


def _form(indicators: list[Indicator], step: Decimal, params: QueryDict | None) -> forms.Form:
    form = forms.Form(params, auto_id="chi-so-%s")
    for indicator in indicators:
        form.fields[str(indicator.number)] = forms.DecimalField(
            label=f"{indicator.number}. {indicator.name}",
            help_text=indicator.explanation,
            min_value=0,
            max_value=indicator.maximum,
            required=False,  # an indicator left out makes the verdict incomplete, which is an answer too
            validators=[_steps_of(step, indicator.maximum)],
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "points"}),
            error_messages=_messages(indicator, step),
        )
    return form


def _steps_of(step: Decimal, maximum: Decimal) -> Callable[[Decimal], None]:
    """Django's own step validator counts in floats, which a number of 400 digits breaks."""

    def check(value: Decimal) -> None:
        if 0 <= value <= maximum and value % step:
            raise ValidationError("", code="step")

    return check


def _messages(indicator: Indicator, step: Decimal) -> dict[str, str]:
    values = {"maximum": number_format(indicator.maximum.normalize()), "step": number_format(step.normalize())}
    text = _("Give a number from 0 to %(maximum)s, in steps of %(step)s.") % values
    return dict.fromkeys(("invalid", "min_value", "max_value", "step", "max_digits"), text)
