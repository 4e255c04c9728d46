"""Calling a body's meeting, and its minutes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.bodies import steps_of
from evaluation.dossiers.forms.office import OfficeForm
from evaluation.dossiers.models import Dossier, Meeting, ReviewStep
from evaluation.dossiers.readiness import rules_told
from evaluation.dossiers.voting import Vote
from interface.fields import LinesField
from interface.vietnamese import fold
from membership.models import Person, Unit, User
from membership.policy import STAFF_ROLES, Action, reach
from membership.querysets import PersonQuerySet

MOST_BOXES = 200  # beyond so many people, members are invited by their codes
_CONFIRMED = Q(is_self_declared=False)  # who only signed up sits in no meeting
_CHAIR = [("", _("not said")), ("for", _("voted for")), ("against", _("voted against"))]


class MeetingForm(OfficeForm):
    held_at = forms.DateTimeField(
        label=_("Held at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    chair = forms.ModelChoiceField(label=_("Chair"), queryset=Person.objects.none())
    secretary = forms.ModelChoiceField(label=_("Secretary"), queryset=Person.objects.none())
    invited = forms.ModelMultipleChoiceField(
        label=_("Invited besides"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dossiers = forms.ModelMultipleChoiceField(
        label=_("Dossiers that the meeting looks at"),
        queryset=Dossier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    codes = LinesField(
        label=_("Others who are invited, by their codes or names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_(
            "One on each line, as on the list of people of your unit; nobody needs an account. Where several have a "
            "name, their codes are shown to choose from."
        ),
    )

    field_order = ["held_at", "place", "chair", "secretary", "invited", "codes", "dossiers"]

    def __init__(
        self, data: QueryDict | None, *, unit: Unit, user: User, waiting: list[Dossier], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        officers, everyone = _people(unit, user)
        is_short = everyone.count() <= MOST_BOXES
        is_one_alone = officers.count() < 2  # a chair and a secretary are two people
        for name in ("chair", "secretary", "invited"):
            people = everyone if is_short or (is_one_alone and name != "invited") else officers
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        field = self.fields["dossiers"]
        field.queryset = Dossier.objects.filter(pk__in=[row.pk for row in waiting])  # type: ignore[attr-defined]
        field.choices = [(row.pk, f"{row.person.full_name} · {row.person.code}") for row in waiting]  # type: ignore[attr-defined]
        self.initial.setdefault("dossiers", [row.pk for row in waiting])
        self.initial.setdefault("held_at", timezone.localtime())

    def clean_codes(self) -> list[Person]:
        """A code, or several, or a whole name on each line, of people within the officer's reach."""
        reached = reach(self.user, Action.VIEW_PEOPLE, "unit__") & _CONFIRMED
        within = Person.objects.listed().within(reached, timezone.localdate())
        lines = [line.strip() for line in self.cleaned_data["codes"].replace(",", "\n").splitlines() if line.strip()]
        codes = {code for line in lines for code in line.upper().split()}
        by_code = {person.code: person for person in within.filter(code__in=codes)}
        named = [line for line in lines if not set(line.upper().split()) <= set(by_code)]
        by_name = defaultdict(list)
        for person in within.filter(folded_name__in={fold(line) for line in named}):
            by_name[person.folded_name].append(person)
        _require_one_each(named, by_name)
        found = {person.pk: person for person in [*by_code.values(), *(by_name[fold(line)][0] for line in named)]}
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("chair") and given.get("chair") == given.get("secretary"):
            self.add_error("secretary", _("Chair and secretary are two people."))
        return given

    def call(self) -> dict[str, Any]:
        """What the action asks: those ticked and those named by code are invited alike."""
        given = self.cleaned_data.copy()
        return given | {"invited": [*given["invited"], *given.pop("codes")]}


class MinutesForm(OfficeForm):
    """Who came, how they voted on each dossier, what was said."""

    counts = (("against", _("Votes against")), ("abstained", _("Abstained")))

    notes = LinesField(
        label=_("What was said and agreed"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, data: QueryDict | None, *, meeting: Meeting) -> None:
        super().__init__(data)
        rows = list(meeting.attendances.all())
        self.people = {row.person_id: row.person for row in rows}
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Who was there"),
            choices=[(str(row.person_id), row.person.full_name) for row in rows],
            initial=[str(row.person_id) for row in rows],
            widget=forms.CheckboxSelectMultiple,
        )
        self.lines = list(meeting.lines.all())
        self.steps = steps_of(meeting, self.lines)
        self.asks_chair = any(step.tie == ReviewStep.Tie.CHAIR for step in self.steps.values())
        for line in filter(attrgetter("is_looked_at"), self.lines):
            for name, label in self.counts:
                self.fields[f"{name}-{line.dossier_id}"] = forms.IntegerField(
                    label=label, min_value=0, initial=0, required=False
                )
            self.fields[f"remark-{line.dossier_id}"] = LinesField(
                label=_("Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 1})
            )
            if self.steps[line.dossier_id].tie == ReviewStep.Tie.CHAIR:
                self.fields[f"chair-{line.dossier_id}"] = forms.ChoiceField(
                    label=_("The chair, where votes are equal"), choices=_CHAIR, required=False
                )
        self.order_fields(["present", "notes"])

    def present(self) -> list[Person]:
        return [self.people[int(key)] for key in self.cleaned_data["present"]]

    def votes(self) -> dict[int, Vote]:
        """By dossier id; whoever was there, may judge it, and neither voted against nor abstained, voted for. Of what
        left the body since the page was opened too, so that it is refused and not passed over."""
        asked = [line for line in self.lines if line.is_looked_at or f"against-{line.dossier_id}" in self.data]
        return {line.dossier_id: self._vote(str(line.dossier_id)) for line in asked}

    def rules(self) -> str:
        return rules_told(self.steps.values())

    def rows(self) -> list[tuple[Any, list[forms.BoundField | None]]]:
        """Of each dossier its fields, in the columns of the table; None where its chain does not ask."""
        names = [name for name, _label in self.counts] + (["chair"] if self.asks_chair else []) + ["remark"]
        keys = [(line, [f"{name}-{line.dossier_id}" for name in names]) for line in self.lines]
        return [(line, [self[key] if key in self.fields else None for key in asked]) for line, asked in keys]

    def _vote(self, key: str) -> Vote:
        given = self.cleaned_data
        chair = {"for": True, "against": False}.get(given.get(f"chair-{key}", ""))
        counts = given.get(f"against-{key}") or 0, given.get(f"abstained-{key}") or 0
        return Vote(*counts, chair, given.get(f"remark-{key}", ""))


def _people(unit: Unit, user: User) -> tuple[PersonQuerySet, PersonQuerySet]:
    """Who holds an office at or beneath the unit today; and with them the unit's own confirmed members, and who
    calls."""
    officers = Q(unit__path__startswith=unit.path, role__in=[role.value for role in STAFF_ROLES])
    on_record, today = Person.objects.listed(), timezone.localdate()
    everyone = on_record.within((officers | Q(unit=unit)) & _CONFIRMED, today) | on_record.filter(user=user)
    return on_record.within(officers, today).order_by("sort_key"), everyone.order_by("sort_key")


def _require_one_each(names: Iterable[str], by_name: Mapping[str, list[Person]]) -> None:
    refused = []
    if unknown := [name for name in names if not by_name.get(fold(name))]:
        text = _("Nobody within your reach has these codes or names: %(codes)s.")
        refused.append(forms.ValidationError(text, params={"codes": ", ".join(unknown)}))
    for name in names:
        if len(same := by_name.get(fold(name), [])) > 1:
            told = ", ".join(f"{person.code} ({person.birth_year or '?'})" for person in same)
            text = _("Several are called %(name)s: write the code of one of them: %(codes)s.")
            refused.append(forms.ValidationError(text, params={"name": name, "codes": told}))
    if refused:
        raise forms.ValidationError(refused)
