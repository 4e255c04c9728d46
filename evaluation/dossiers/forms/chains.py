"""The bodies of a chain from a day on: one row for each, in their order."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.dossiers.actions import Body
from evaluation.dossiers.forms.office import OfficeForm
from evaluation.dossiers.models import ReviewChain, ReviewStep
from membership.models import Role, UnitKind
from membership.policy import ROLE_ACTIONS, UNIT_KINDS_OF_ROLE, Action

_ROLES = [role for role in Role if Action.REVIEW in ROLE_ACTIONS[role]]
_KINDS = [kind for kind in UnitKind if any(kind in UNIT_KINDS_OF_ROLE[role] for role in _ROLES)]
_LEAP_FREE = 2001  # a year in which 29 February cannot be a last day


class ChainForm(OfficeForm):
    valid_from = forms.DateField(
        label=_("For dossiers opened from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    appeal_days = forms.IntegerField(label=_("Days to appeal"), min_value=1, max_value=365)
    answer_days = forms.IntegerField(label=_("Days to answer an appeal"), min_value=1, max_value=365)

    def __init__(self, data: Any, *, chain: ReviewChain) -> None:
        days = {"appeal_days": chain.appeal_days, "answer_days": chain.answer_days}
        super().__init__(data, initial={"valid_from": timezone.localdate(), **days})


class BodyForm(OfficeForm):
    """An emptied name takes the body out of the chain."""

    name = forms.CharField(label=pgettext_lazy("review", "Body"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Office"), choices=[(role.value, role.label) for role in _ROLES])
    unit_kind = forms.ChoiceField(
        label=_("At the nearest unit of the kind"), choices=[(kind.value, kind.label) for kind in _KINDS]
    )
    quorum = forms.IntegerField(
        label=_("Quorum"),
        min_value=0,
        max_value=50,
        initial=0,
        help_text=_("How many must be present at its meeting; 0: it decides without one."),
    )
    due = forms.CharField(
        label=_("To be done by"), max_length=5, required=False, help_text=_("Day and month, such as 05/12.")
    )
    reason_over = forms.DecimalField(
        label=_("A reason is needed beyond"),
        min_value=0,
        max_digits=4,
        decimal_places=1,
        required=False,
        help_text=_("Points by which the reviewed score may differ from the suggested one. Empty: no limit."),
    )

    def clean_due(self) -> tuple[int, int] | None:
        text = self.cleaned_data["due"].strip()
        if not text:
            return None
        try:
            day = datetime.datetime.strptime(f"{text}/{_LEAP_FREE}", "%d/%m/%Y")  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            raise forms.ValidationError(_("Write day and month, such as 05/12.")) from None
        return day.month, day.day

    @property
    def body(self) -> Body | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return Body(**given | {"role": Role(given["role"]), "unit_kind": UnitKind(given["unit_kind"])})


BodyFormSet = forms.formset_factory(BodyForm, extra=1, max_num=8, validate_max=True)


def bodies_formset(data: Any, chain: ReviewChain) -> Any:
    return BodyFormSet(data, prefix="body", initial=[_initial(step) for step in chain.steps.all()])


def _initial(step: ReviewStep) -> dict[str, Any]:
    due = f"{step.due_day:02d}/{step.due_month:02d}" if step.due_day and step.due_month else ""
    same = {name: getattr(step, name) for name in ("name", "role", "unit_kind", "quorum", "reason_over")}
    return same | {"due": due}
