"""One small form for each indicator, so that each can be saved alone or all together."""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.ladder import points_text, scores_up_to, written
from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import OwnEntry, ReviewEntry, mark_of
from evaluation.dossiers.models import IndicatorScore
from interface.fields import LinesField
from interface.written import as_written
from learning.evidence.models import Evidence


class PointsField(forms.TypedChoiceField):
    """Every score that the set knows, from nothing to the maximum."""

    def __init__(self, *, maximum: Decimal, step: Decimal, empty_label: Any, **kwargs: Any) -> None:
        choices = [(written(value), points_text(value)) for value in scores_up_to(maximum, step)]
        super().__init__(choices=[("", empty_label), *choices], coerce=Decimal, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value

    def validate(self, value: Any) -> None:
        """Asked for, yet a page can be saved without it and completed later."""
        if value not in self.empty_values:
            super().validate(value)


class ReasonField(LinesField):
    """Whether it is needed depends on the score: the action says so."""

    def validate(self, value: Any) -> None:
        return


class OwnRowForm(forms.Form):
    """What a person says of one indicator. ``seen`` and ``shown`` say what stood on the page that it was typed on."""

    use_required_attribute = False

    note = LinesField(
        label=_("What you did, in a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Evidence that you attach"), required=False, widget=forms.CheckboxSelectMultiple
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, score: IndicatorScore, criteria: CriteriaSet, own: list[Evidence]
    ) -> None:
        initial = {
            "points": score.self_points,
            "note": score.self_note,
            "evidence": [str(row.pk) for row in score.evidence.all()],
            "seen": mark_of(score),
            "shown": " ".join(str(row.pk) for row in own),
        }
        super().__init__(data, prefix=str(score.indicator.number), initial=initial)
        self.number = score.indicator.number
        self.fields["points"] = PointsField(
            maximum=score.indicator.maximum,
            step=criteria.step,
            empty_label=_("Not scored yet"),
            label=_("Your score"),
        )
        self.fields["evidence"].choices = [(str(row.pk), _evidence_label(row)) for row in own]  # type: ignore[attr-defined]
        if not own:
            del self.fields["evidence"]

    def clean(self) -> dict[str, Any]:
        """A request that brought nothing of the indicator, say one cut short, does not empty it."""
        if not any(self.add_prefix(name) in self.data for name in self.fields):
            raise forms.ValidationError(_("Not saved: look at this indicator again."))
        return self.cleaned_data

    def entry(self) -> OwnEntry:
        chosen, shown = self.cleaned_data.get("evidence"), self.data.get(self.add_prefix("shown"))
        return OwnEntry(
            indicator_number=self.number,
            points=self.cleaned_data["points"],
            note=self.cleaned_data["note"],
            evidence=None if chosen is None else _keys(chosen),
            shown=None if shown is None else _keys(shown.split()),
            seen=self.data.get(self.add_prefix("seen")),
        )


class ReviewRowForm(forms.Form):
    use_required_attribute = False

    reason = ReasonField(label=_("Reason, where you differ"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, score: IndicatorScore, criteria: CriteriaSet) -> None:
        reviewed = score.reviewed_points
        initial = {"points": reviewed, "seen": "" if reviewed is None else str(reviewed)}
        super().__init__(data, prefix=str(score.indicator.number), initial=initial)
        self.number = score.indicator.number
        self.fields["points"] = PointsField(
            maximum=score.indicator.maximum,
            step=criteria.step,
            empty_label=_("Not reviewed yet"),
            label=_("Reviewed score"),
        )
        self.order_fields(["points", "reason", "seen"])

    def entry(self) -> ReviewEntry | None:
        """None where nothing was changed on the page; a score that stood and was emptied is taken back, and one that
        stands may get its reason."""
        points, seen = self.cleaned_data["points"], decimal_of(self.cleaned_data["seen"])
        if points == seen and (points is None or not self.cleaned_data["reason"]):
            return None
        return ReviewEntry(self.number, points, self.cleaned_data["reason"], seen)


class StepForm(forms.Form):
    """What the body says to the whole dossier."""

    use_required_attribute = False

    reason = ReasonField(
        label=_("Reason or remark"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed when you return the dossier or refuse the title: the person reads it. Optional when you forward it."
        ),
    )


def _keys(texts: Iterable[str]) -> frozenset[UUID]:
    """Of what a browser sent: what is no key is none of ours."""
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(UUID(text))
    return frozenset(found)


def _evidence_label(row: Evidence) -> str:
    day: datetime.date = timezone.localdate(row.occurred_at)
    return as_written(f"{row.title} · {row.get_kind_display()} · {date_format(day, 'd/m/Y')}")


def decimal_of(value: Any) -> Decimal | None:
    """Of what stands in a field, typed or stored; None where that is no number."""
    try:
        points = Decimal(value) if value not in (None, "") else None
    except (ArithmeticError, TypeError, ValueError):
        return None
    return points if points is not None and points.is_finite() else None
