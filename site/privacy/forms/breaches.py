"""What is entered of a breach, of who was told, and of how it ended. No form asks for a name."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField
from membership.choosing import UnitLinesField
from membership.models import Unit
from privacy.actions.breaches import Facts
from privacy.models import Breach, Told

_LONGEST = 4000


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


def _words(label: Any, *, rows: int = 3, **options: Any) -> LinesField:
    return LinesField(label=label, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)


class BreachForm(forms.Form):
    happened = _words(_("What happened"), rows=4, help_text=_("Write no names: the register counts people."))
    noticed_at = _moment(_("When was it noticed?"), help_text=_("The hours run from this moment."))
    affected = _words(_("What data"), help_text=_("Such as names, telephone numbers, citizen IDs, evidence files."))
    units = UnitLinesField(
        label=_("Of which units"), required=False, help_text=_("One a line, by a part of the name that fits no other.")
    )
    people = forms.IntegerField(
        label=_("How many people, as far as you know"),
        min_value=0,
        max_value=100_000_000,
        required=False,
        help_text=_("Leave it empty to count everybody of these units."),
    )
    consequences = _words(_("What may come of it"), required=False)
    measures = _words(_("What was done, and what will be"), required=False)
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, breach: Breach | None = None, **kwargs: Any) -> None:
        """Filled with what is known of the one that is amended; ``seen`` says as of when."""
        super().__init__(*args, **kwargs)
        offered = Unit.objects.on(timezone.localdate())
        if breach is not None:
            offered |= Unit.objects.filter(pk__in=breach.units.values("pk"))
        self.fields["units"].offer(offered)  # type: ignore[attr-defined]
        if breach is not None:
            known = {name: getattr(breach, name) for name in self.fields if name not in ("units", "seen")}
            seen = breach.changed_at.isoformat()
            self.initial = {**known, "units": list(breach.units.order_by("path")), "seen": seen}

    def facts(self) -> Facts:
        told = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Facts(**told | {"units": tuple(told["units"])})

    @property
    def seen_at(self) -> datetime.datetime:
        """What was sent without it was made by no page of ours: it counts as seen long ago."""
        return self.cleaned_data["seen"] or datetime.datetime.min.replace(tzinfo=datetime.UTC)


class TellingForm(forms.Form):
    told = forms.ChoiceField(label=_("Who was told"), choices=Told.choices, widget=forms.RadioSelect)
    told_at = _moment(_("When"))
    words = _words(_("How, and whom"), help_text=_("Such as by letter number 12, to which body, by which means."))


class ClosingForm(forms.Form):
    conclusion = _words(_("How it ended; where the authority was not told, why it need not be"))
