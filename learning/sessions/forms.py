"""What people type here."""

import datetime
import uuid
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interface.fields import LinesField
from interface.vietnamese import nfc
from learning.evidence.paper_field import PaperField
from learning.evidence.registries import training
from learning.sessions.models import Material, Session
from learning.sessions.recurrence import Every
from membership.choosing import GroupChoiceField, UnitChoiceField
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
        help_text=gettext_lazy("Only where it takes several days."),
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

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("begins"), values.get("ends")
        last = values.get("last_day") or values.get("day")
        if values.get("day") and last and last < values["day"]:
            self.add_error("last_day", _("It must end after it begins."))
        elif begins and ends and last == values.get("day") and ends <= begins:
            self.add_error("ends", _("It must end after it begins."))
        return values

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        words = {
            name: nfc(said[name]) for name in ("title", "place", "way", "map_link", "online_link", "agenda", "trainers")
        }
        begins, ends = (said["day"], said["begins"]), (said["last_day"] or said["day"], said["ends"])
        times = {"starts_at": _moment(*begins), "ends_at": _moment(*ends)}
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

    def __init__(self, *args: Any, user: User, like: Session | None = None, **kwargs: Any) -> None:
        """``like``: what a copy begins with; its day is to be chosen."""
        super().__init__(*args, **kwargs)
        self.initial = said_of(like) if like else {}
        if like:
            for name in ("day", "last_day"):
                self.initial.pop(name)
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
        super().__init__(data, initial=said_of(session) | {"minutes": session.minutes})
        self.session = session

    def values(self) -> dict[str, Any]:
        """A moment whose minute stays is no change."""
        values = super().values() | {"minutes": nfc(self.cleaned_data["minutes"])}
        for name in ("starts_at", "ends_at"):
            if getattr(self.session, name).replace(second=0, microsecond=0) == values[name]:
                del values[name]
        return values


def said_of(session: Session) -> dict[str, Any]:
    """What the form of a plan says of it."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    told = {name: getattr(session, name) for name in _PlanForm.base_fields if hasattr(session, name)}
    told |= {"unit": session.unit_id, "topics": session.topics}
    return told | {"day": begins.date(), "begins": begins.time(), "last_day": ends.date(), "ends": ends.time()}


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time), timezone.get_default_timezone())


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


class MaterialForm(forms.Form):
    stage = forms.ChoiceField(
        label=gettext_lazy("What is it for?"),
        choices=Material.Stage.choices,
        help_text=gettext_lazy(
            "Whoever sees the session sees what is to be read before it and what is left of it. What the office keeps, "
            "as signed minutes or the list of who was there, only who may hold the session can open."
        ),
    )
    title = forms.CharField(label=pgettext_lazy("of a link", "What is it?"), max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A page of the library or of another site."),
    )
    upload = PaperField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A PDF, JPG or PNG of at most 10 MB. Save slides as PDF: every phone opens it."),
    )

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and bool(values["link"]) == bool(values["upload"]):
            self.add_error("link", _("Give a link or a file: one of them."))
        return values


class InviteForm(forms.Form):
    group = GroupChoiceField(label=gettext_lazy("Whom of the unit, with all beneath it?"))

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        cast(GroupChoiceField, self.fields["group"]).offer(user)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The eight digits on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=gettext_lazy("They change every minute."),
    )
