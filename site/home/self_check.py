"""Ten questions to oneself, one on each page, and what the verdict would be. What is entered travels in the address:
nothing is stored."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import reason_texts
from evaluation.criteria.inputs import measure_of
from evaluation.criteria.ladder import Rung, rungs, scores_up_to
from evaluation.criteria.models import CriteriaSet, Indicator
from evaluation.criteria.registries.offers import offered
from evaluation.criteria.scoring import Verdict, judge
from home.gains import Gain, cheapest
from membership.models import TargetGroup

_GROUP, _STEP, _RESULT = "nhom", "buoc", "ket-qua"
# Each group with the drawing and the tint of its door.
_DOORS = {
    TargetGroup.RESIDENTS: ("communal-house", "areca"),
    TargetGroup.WORKERS: ("workshop", "brick"),
    TargetGroup.OFFICIALS: ("desk", "turmeric"),
    TargetGroup.STUDENTS: ("reading", "lotus"),
}

Figures = Mapping[int, Decimal | None]


@dataclass(frozen=True)
class Question:
    """One indicator's page. ``carried`` is what was answered on the others; ``back`` is 0 on the first, ``onward`` what
    the button sends."""

    indicator: Indicator
    place: int
    count: int
    rungs: list[Rung]
    is_unscored: bool
    errors: list[str]
    carried: list[tuple[str, str]]
    back: int
    onward: str

    @property
    def is_last(self) -> bool:
        return self.place == self.count


@dataclass(frozen=True)
class Result:
    verdict: Verdict
    reasons: list[str]
    missing: list[tuple[Indicator, str]]
    cells: list[dict[str, Any]]
    gains: list[tuple[Gain, str]]
    is_empty: bool


@dataclass(frozen=True)
class Check:
    criteria: CriteriaSet
    group: str
    doors: list[tuple[TargetGroup, str, str]]
    maximum: Decimal
    first: int
    question: Question | None = None
    result: Result | None = None


def for_visitor(params: QueryDict, day: datetime.date) -> Check | None:
    """For the group asked for (residents at first): where to begin, one of the questions, or what came of them."""
    group = params.get(_GROUP, "")
    group = group if group in TargetGroup.values else TargetGroup.RESIDENTS
    criteria = CriteriaSet.objects.nationwide(group, day)
    if criteria is None:
        return None
    indicators = list(criteria.indicators.select_related("competency").prefetch_related("anchors"))
    form = _form(indicators, criteria.step, params)
    step, is_sound = params.get(_STEP, ""), form.is_valid()
    asked = [indicator for indicator in indicators if step == str(indicator.number)]
    wrong = [indicator for indicator in indicators if str(indicator.number) in form.errors]
    is_answered = step == _RESULT or any(str(indicator.number) in params for indicator in indicators)
    question = _question(indicators, (asked or wrong)[0], criteria, form, params) if asked or wrong else None
    return Check(
        criteria=criteria,
        group=group,
        doors=[(target, *drawn) for target, drawn in _DOORS.items()],
        maximum=sum((indicator.maximum for indicator in indicators), Decimal(0)),
        first=min((indicator.number for indicator in indicators), default=1),
        question=question,
        result=_result(criteria, indicators, form, params) if is_answered and is_sound and not question else None,
    )


def _question(
    indicators: Sequence[Indicator], indicator: Indicator, criteria: CriteriaSet, form: forms.Form, params: QueryDict
) -> Question:
    name, place = str(indicator.number), list(indicators).index(indicator)
    following = indicators[place + 1 : place + 2]
    chosen = form.cleaned_data.get(name)
    anchors = {anchor.points: anchor.text for anchor in indicator.anchors.all()}
    return Question(
        indicator=indicator,
        place=place + 1,
        count=len(indicators),
        rungs=rungs(anchors, scores_up_to(indicator.maximum, criteria.step), chosen),
        is_unscored=chosen is None,
        errors=[str(error) for error in form.errors.get(name, ())],
        carried=[pair for pair in _given(indicators, params) if pair[0] != name],
        back=indicators[place - 1].number if place else 0,
        onward=str(following[0].number) if following else _RESULT,
    )


def _result(criteria: CriteriaSet, indicators: list[Indicator], form: forms.Form, params: QueryDict) -> Result:
    points: Figures = {int(name): value for name, value in form.cleaned_data.items()}
    verdict = judge(points, criteria.threshold, criteria.floor, points)
    gains = [] if verdict.is_passed else _gains(criteria, indicators, points)
    said = [reason for reason in verdict.reasons if reason.kind != "missing"]

    def page_of(indicator: Indicator) -> str:
        given = {_GROUP: criteria.group, **dict(_given(indicators, params)), _STEP: str(indicator.number)}
        return f"?{urlencode(given)}#tu-kiem-tra"

    return Result(
        verdict=verdict,
        reasons=reason_texts(said, {one.number: one.name for one in indicators}),
        missing=[(one, page_of(one)) for one in indicators if points.get(one.number) is None],
        cells=[_cell(indicator, criteria.floor, points) for indicator in indicators],
        gains=[(gain, page_of(gain.indicator)) for gain in gains],
        is_empty=all(value is None for value in points.values()),
    )


def _gains(criteria: CriteriaSet, indicators: list[Indicator], points: Figures) -> list[Gain]:
    rules, taught = measure_of(criteria).rules, offered(criteria.group)
    return cheapest(indicators, points, criteria.floor, rules, taught)


def _given(indicators: Sequence[Indicator], params: QueryDict) -> list[tuple[str, str]]:
    names = [str(indicator.number) for indicator in indicators]
    return [(name, value) for name in names if (value := params.get(name, ""))]


def _cell(indicator: Indicator, floor: Decimal, points: Figures) -> dict[str, Any]:
    return {
        "number": indicator.number,
        "name": indicator.name,
        "self": points.get(indicator.number),
        "maximum": indicator.maximum,
        "floor": floor,
    }


def _form(indicators: list[Indicator], step: Decimal, params: QueryDict) -> forms.Form:
    """Reads what the address carries."""
    form = forms.Form(params)
    for indicator in indicators:
        form.fields[str(indicator.number)] = forms.DecimalField(
            min_value=0,
            max_value=indicator.maximum,
            required=False,  # an indicator left out makes the verdict incomplete, which is an answer too
            validators=[_steps_of(step, indicator.maximum)],
            localize=True,
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
