"""Chains of bodies, meetings, deadlines, stand-ins, appeals and inspections."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.dossiers.actions import Body
from evaluation.dossiers.models import Appeal, InspectedDossier, InspectionSample, ReviewChain, ReviewStep
from membership.choosing import UnitChoiceField
from membership.models import Person, Role, Unit, UnitKind, User
from membership.policy import ROLE_ACTIONS, UNIT_KINDS_OF_ROLE, Action, reach, roles_given_by

_ROLES = [role for role in Role if Action.REVIEW in ROLE_ACTIONS[role]]
_KINDS = [kind for kind in UnitKind if any(kind in UNIT_KINDS_OF_ROLE[role] for role in _ROLES)]
_SAME = ("name", "role", "unit_kind", "quorum", "quorum_percent", "majority_percent", "majority_votes", "tie",
         "reason_over", "by_link")  # fmt: skip
_LEAP_FREE = 2001  # a year in which 29 February cannot be a last day


class OfficeForm(forms.Form):
    use_required_attribute = False


class DeadlineForm(OfficeForm):
    unit = UnitChoiceField(label=_("Unit"))
    year = forms.TypedChoiceField(label=_("Year of the dossiers"), coerce=int)
    last_day = forms.DateField(label=_("Last day for handing in"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        self.fields["unit"].offer(_units(user, Action.SET_DEADLINES))  # type: ignore[attr-defined]
        self.fields["year"].choices = [(str(year), str(year)), (str(year - 1), str(year - 1))]  # type: ignore[attr-defined]


class StandInForm(OfficeForm):
    role = forms.ChoiceField(label=_("Office"))
    unit = UnitChoiceField(label=_("Unit"))
    code = forms.CharField(label=pgettext_lazy("stand-in", "The person's code"), max_length=12)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Until and with"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Why the body needs a stand-in"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [role for role in Role if role in roles_given_by(user) and Action.REVIEW in ROLE_ACTIONS[role]]
        self.fields["role"].choices = [(role.value, role.label) for role in given]  # type: ignore[attr-defined]
        kinds = frozenset().union(*(UNIT_KINDS_OF_ROLE[role] for role in given))
        self.fields["unit"].offer(_units(user, Action.MANAGE_PEOPLE).filter(kind__in=kinds))  # type: ignore[attr-defined]

    def clean_code(self) -> Person:
        person = Person.objects.on_record().filter(code__iexact=self.cleaned_data["code"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this code."))
        return person

    @property
    def valid_to(self) -> datetime.date:
        """The first day on which the office holds no more."""
        last_day: datetime.date = self.cleaned_data["last_day"]
        return last_day + datetime.timedelta(days=1)


class AnswerForm(OfficeForm):
    outcome = forms.ChoiceField(label=_("Answer"), choices=Appeal.Outcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(label=_("Reasons: the person reads them"), widget=forms.Textarea(attrs={"rows": 3}))


class SampleForm(OfficeForm):
    unit = UnitChoiceField(label=_("Unit"))
    year = forms.TypedChoiceField(label=_("Year of the dossiers"), coerce=int)
    stage = forms.ChoiceField(
        label=_("Point of sampling"),
        choices=InspectionSample.Stage.choices,
        initial=InspectionSample.Stage.DECIDED,
        widget=forms.RadioSelect,
    )
    percent = forms.IntegerField(label=_("Percent"), min_value=1, max_value=100, initial=5)
    seed = forms.CharField(
        label=_("Seed"),
        required=False,
        max_length=64,
        help_text=_("Such as three numbers that people call out. Left empty, the machine makes one; it is kept."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        kinds = [UnitKind.PROVINCE, UnitKind.COMMUNE]
        within = Unit.objects.filter(reach(user, Action.INSPECT), kind__in=kinds, valid_to=None)
        self.fields["unit"].offer(within)  # type: ignore[attr-defined]
        self.fields["year"].choices = [(str(y), str(y)) for y in range(year, year - 5, -1)]  # type: ignore[attr-defined]


class FindingForm(OfficeForm):
    finding = forms.ChoiceField(label=_("Finding"), choices=InspectedDossier.Finding.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("A note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ChainForm(OfficeForm):
    valid_from = forms.DateField(label=_("For dossiers opened from"), widget=forms.DateInput(attrs={"type": "date"}))
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
    quorum_percent = forms.IntegerField(
        label=_("Quorum, in percent of those invited"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("Two thirds: 66. 0: the number alone counts."),
    )
    majority_percent = forms.IntegerField(
        label=_("Majority: more than, in percent"),
        min_value=0,
        max_value=99,
        required=False,
        initial=50,
        help_text=_(
            "Of those present who may judge the dossier, more than this share must agree: 50 is more than half. Empty: "
            "votes are noted in the minutes and decide nothing."
        ),
    )
    majority_votes = forms.IntegerField(
        label=_("Majority: at least so many votes"),
        min_value=0,
        max_value=50,
        initial=0,
        help_text=_("0: the share alone counts."),
    )
    tie = forms.ChoiceField(
        label=_("Where votes are equal"), choices=ReviewStep.Tie.choices, initial=ReviewStep.Tie.LOST
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

    by_link = forms.BooleanField(
        label=_("May answer by link"),
        required=False,
        help_text=_("For a board without accounts. Never the body that recognises."),
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
        return Body(
            **given
            | {
                "role": Role(given["role"]),
                "unit_kind": UnitKind(given["unit_kind"]),
                "tie": ReviewStep.Tie(given["tie"]),
            }
        )


BodyFormSet = forms.formset_factory(BodyForm, extra=1, max_num=8, validate_max=True)


def bodies_formset(data: Any, chain: ReviewChain) -> Any:
    return BodyFormSet(data, prefix="body", initial=[_initial(step) for step in chain.steps.all()])


def _units(user: User, action: Action) -> Any:
    return Unit.objects.filter(reach(user, action), valid_to=None)


def _initial(step: ReviewStep) -> dict[str, Any]:
    due = f"{step.due_day:02d}/{step.due_month:02d}" if step.due_day and step.due_month else ""
    return {name: getattr(step, name) for name in _SAME} | {"due": due}
