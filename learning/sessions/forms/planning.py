"""What is planned."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interface.fields import LinesField
from interface.vietnamese import nfc
from learning.evidence.registries import training
from learning.sessions.duration import Period, are_in_order, days_between
from learning.sessions.forms.days import MOST_DAYS, days_form, moment, said_of_days
from learning.sessions.models import Session
from learning.sessions.recurrence import Every
from membership.choosing import UnitChoiceField
from membership.models import Unit, User
from membership.policy import Action, reach


class _PlanForm(forms.Form):
    """What is said of a session, planned or changed."""

    title = forms.CharField(
        label=gettext_lazy("What is the session called?"),
        max_length=200,
        help_text=gettext_lazy("It stands in the evidence of everyone who comes."),
    )
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=200, required=False)
    way = forms.CharField(
        label=gettext_lazy("How does one get there?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("A few words: the gate, the floor, where to park."),
    )
    map_link = forms.URLField(
        label=gettext_lazy("Link to a map"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "It stands as a QR code on the sheet that shows the way, and as a link on the session's page."
        ),
    )
    online_link = forms.URLField(
        label=gettext_lazy("Online link"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Shown only to those who say that they come and have a place."),
    )
    day = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    begins = forms.TimeField(label=pgettext_lazy("time of day", "From"), widget=forms.TimeInput(attrs={"type": "time"}))
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        help_text=gettext_lazy("Only where it takes several days, each of the same hours, or the night between."),
    )
    ends = forms.TimeField(label=pgettext_lazy("time of day", "Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    agenda = LinesField(
        label=gettext_lazy("Agenda"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One line each, with its time."),
    )
    trainers = forms.CharField(label=gettext_lazy("Who speaks?"), max_length=300, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("How many places?"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: as many as come. Beyond them people wait, and move up when a place is free."),
    )
    cost = forms.IntegerField(
        label=gettext_lazy("Cost (VND)"),
        min_value=0,
        max_value=10**12,
        required=False,
        help_text=gettext_lazy("Only officers see it."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may see it and come, not only people of the unit"), required=False
    )

    def __init__(self, data: Any = None, *, said: list[dict[str, Any]], initial: dict[str, Any]) -> None:
        """``said`` of its days, see ``said_of_days``. Who asks for a day more gets the form as they typed it."""
        asks_more = data is not None and "more" in data
        super().__init__(None if asks_more else data, initial=initial)
        self.days = days_form(data) if data is not None else days_form(initial=said[1:])
        if asks_more:
            typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in self.fields.items()}
            self.initial = initial | typed
            self.days = days_form(initial=self.days.typed(), extra=1)

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("begins"), values.get("ends")
        last = values.get("last_day") or values.get("day")
        if values.get("day") and last and last < values["day"]:
            self.add_error("last_day", _("It must end after it begins."))
        elif begins is not None and ends is not None and last == values.get("day") and ends <= begins:
            self.add_error("ends", _("It must end after it begins."))
        elif not self.days.is_valid():
            self.add_error(None, _("Look at the days with other hours."))
        elif not self.errors:
            self._check_days(values)
        return values

    def _check_days(self, values: dict[str, Any]) -> None:
        last = values["last_day"] or values["day"]
        whole = moment(values["day"], values["begins"]), moment(last, values["ends"])
        values["periods"] = periods = self.days.with_those(days_between(*whole))
        if len(periods) > MOST_DAYS:
            self.add_error(None, _("A session has at most %(most)s days.") % {"most": MOST_DAYS})
        elif not are_in_order(periods):
            self.add_error(None, _("Two of its days run into each other."))

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        words = {
            name: nfc(said[name]) for name in ("title", "place", "way", "map_link", "online_link", "agenda", "trainers")
        }
        periods = said["periods"]
        starts_at, ends_at = periods[0][0], periods[-1][1]
        days = [] if periods == days_between(starts_at, ends_at) else periods
        times = {"starts_at": starts_at, "ends_at": ends_at, "days": days}
        return words | times | {name: said[name] for name in ("capacity", "is_public", "cost")}


class SessionForm(_PlanForm):
    unit = UnitChoiceField(label=gettext_lazy("Which unit holds it?"))
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What does it train for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Who was there then counts as trained in it."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Any = None, *, user: User, like: Session | None = None) -> None:
        """``like``: what a copy begins with; its days are to be chosen."""
        said = said_of_days(like) if like else []
        initial = said_of(like) | {"day": None, "last_day": None} if like else {}
        super().__init__(data, said=[one | {"day": None} for one in said], initial=initial)
        if offered := training.offered():
            self.fields["topics"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["topics"]
        units = Unit.objects.on(timezone.localdate()).filter(reach(user, Action.ORGANISE))
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return super().values() | {"token": said["token"], "unit": said["unit"], "topics": said.get("topics", [])}


class ChangeForm(_PlanForm):
    minutes = LinesField(
        label=gettext_lazy("Minutes"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, data: Any = None, *, session: Session) -> None:
        said = said_of_days(session)
        super().__init__(data, said=said, initial=said_of(session) | {"minutes": session.minutes})
        self.session = session

    def values(self) -> dict[str, Any]:
        """A moment whose minute stays is no change."""
        values = super().values() | {"minutes": nfc(self.cleaned_data["minutes"])}
        for name in ("starts_at", "ends_at"):
            if getattr(self.session, name).replace(second=0, microsecond=0) == values[name]:
                del values[name]
        stands = [tuple(moment.replace(second=0, microsecond=0) for moment in period) for period in self._own_days()]
        if values["days"] == stands:
            del values["days"]
        return values

    def _own_days(self) -> list[Period]:
        return self.session.periods if self.session.days.all() else []


def said_of(session: Session) -> dict[str, Any]:
    """What the form of a plan says of it."""
    told = {name: getattr(session, name) for name in _PlanForm.base_fields if hasattr(session, name)}
    return told | {"unit": session.unit_id, "topics": session.topics} | said_of_days(session)[0]


class RepeatForm(forms.Form):
    every = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=[(Every.WEEK.value, gettext_lazy("Each week")), (Every.MONTH.value, gettext_lazy("Each month"))],
    )
    until = forms.DateField(
        label=gettext_lazy("Until and including"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Each is planned for itself: you announce, change and close them one by one."),
    )
