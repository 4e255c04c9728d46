"""How one wishes to be told."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField
from interface.vietnamese import nfc
from membership.choosing import GroupChoiceField, UnitChoiceField
from membership.models import Person, Unit, User
from membership.policy import Action, may, reach
from membership.registries.groups import taught_in
from notices.channels import MAIL, Channel, present
from notices.models import Circular, Habits, Preference
from notices.registries.kinds import Kind, Urgency, keys_of, kinds
from work.outside import NotOutsideError, place_of
from work.web_push import can_seal


class _Kinds(forms.CheckboxSelectMultiple):
    """What is binding stands ticked, with why, and is not to be changed where the channel has it usually."""

    def __init__(self, channel: Channel = MAIL) -> None:
        super().__init__()
        self.channel = channel

    def create_option(self, name: str, value: Any, label: Any, *told: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *told, **more)
        kind = kinds[str(value)]
        if kind.binding and self.channel.is_usual(kind):
            option["attrs"] |= {"checked": True, "disabled": True}
            option["label"] = _("%(kind)s (always: %(why)s)") % {"kind": kind.title, "why": kind.binding}
        return option


def _offered(urgency: Urgency) -> list[tuple[str, Any]]:
    return [(kind.key, kind.title) for kind in _in_order() if kind.urgency == urgency]


def _wanted(channel: Channel, person: Person, chosen: Mapping[tuple[int, str], bool]) -> list[str]:
    return [kind.key for kind in kinds.values() if chosen.get((person.pk, kind.key), channel.is_usual(kind))]


def _has_digest(channel: Channel, person: Person) -> bool:
    return Preference.objects.chosen([person.pk], channel.key).get((person.pk, Preference.DIGEST), channel is MAIL)


def _ways(offered: Iterable[Channel]) -> list[tuple[str, str]]:
    return [(channel.key, str(channel.key.label)) for channel in offered]


def _in_order() -> list[Kind]:
    return sorted(kinds.values(), key=lambda kind: str(kind.title))


class ChoicesForm(forms.Form):
    at_once = forms.MultipleChoiceField(label=_("By e-mail at once"), required=False, widget=_Kinds)
    is_digest_wanted = forms.BooleanField(
        label=_("One letter a week, on Monday, where there is something new"), required=False
    )
    digest_by = forms.ChoiceField(
        label=_("By which way does it come?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Other ways than e-mail say in one line how much is new, and where it stands."),
    )
    weekly = forms.MultipleChoiceField(
        label=_("In the weekly letter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quiet_from = forms.TimeField(label=_("No letters from"), widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_until = forms.TimeField(
        label=_("until"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("What comes meanwhile is sent afterwards. The same hour twice: letters may come at any time."),
    )
    is_subject_open = forms.BooleanField(
        label=_("The subject of a letter may say what it is about"),
        required=False,
        help_text=_("Otherwise it says only that there is something new: who else sees your screen reads no more."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        habits = Habits.objects.filter(person=person).first() or Habits()
        chosen = Preference.objects.chosen([person.pk], MAIL.key)
        wanted = _wanted(MAIL, person, chosen)
        initial = {
            "at_once": wanted,
            "weekly": wanted,
            "quiet_from": f"{habits.quiet_from:%H:%M}",
            "quiet_until": f"{habits.quiet_until:%H:%M}",
            "is_subject_open": habits.is_subject_open,
        }
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[misc]
        for name, urgency in (("at_once", Urgency.AT_ONCE), ("weekly", Urgency.WEEKLY)):
            self.fields[name].choices = _offered(urgency)  # type: ignore[attr-defined]
        self.others = [one for one in present() if one is not MAIL and one.addresses([person])]
        for channel in self.others:
            self._offer(channel, person)
        self._offer_digest(person)

    def _offer(self, channel: Channel, person: Person) -> None:
        self.fields[channel.key] = forms.MultipleChoiceField(
            label=str(channel.choice),
            required=False,
            widget=_Kinds(channel),
            choices=_offered(Urgency.AT_ONCE),
            initial=_wanted(channel, person, Preference.objects.chosen([person.pk], channel.key)),
        )

    def _offer_digest(self, person: Person) -> None:
        by = [one.key for one in (MAIL, *self.others) if _has_digest(one, person)]
        self.initial = {**self.initial, "is_digest_wanted": bool(by), "digest_by": by[0] if by else MAIL.key}
        if self.others:
            self.fields["digest_by"].choices = _ways([MAIL, *self.others])  # type: ignore[attr-defined]
        else:
            del self.fields["digest_by"]

    def chosen(self) -> dict[str, Any]:
        """What ``actions.choose`` takes, of a valid form."""
        said = self.cleaned_data
        ticked = {*said["at_once"], *said["weekly"]}
        way = (said.get("digest_by") or MAIL.key) if said["is_digest_wanted"] else ""
        by_mail = {key: key in ticked for key in kinds} | {Preference.DIGEST: way == MAIL.key}
        at_once = keys_of(Urgency.AT_ONCE)
        by_others = {
            one.key: {key: key in said[one.key] for key in at_once} | {Preference.DIGEST: way == one.key}
            for one in self.others
        }
        habits = {name: said[name] for name in ("quiet_from", "quiet_until", "is_subject_open")}
        return {"wanted": {MAIL.key: by_mail, **by_others}, **habits}


class DeviceForm(forms.Form):
    """What a browser says of itself once it may be told."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)

    def clean_endpoint(self) -> str:
        try:
            place_of(self.cleaned_data["endpoint"])
        except NotOutsideError as refusal:
            raise forms.ValidationError(refusal.problem) from refusal
        return str(self.cleaned_data["endpoint"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not can_seal(said.get("p256dh", ""), said.get("auth", "")):
            raise forms.ValidationError(_("What the browser says of itself cannot be read."))
        return said


class CircularForm(forms.Form):
    """``initial`` may name the unit and the group that a page hands over. Who teaches that group writes to it alone, in
    the name of its unit."""

    unit = UnitChoiceField(label=_("From which unit, to people of it and beneath it?"))
    group = GroupChoiceField(label=_("To whom of them?"))
    subject = forms.CharField(label=_("Subject"), max_length=Circular.LONGEST_SUBJECT)
    text = LinesField(
        label=_("What you write"),
        max_length=Circular.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Each of them reads it: write nothing about a single person."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self["group"].value() or "")
        unit = taught_in(user, asked)
        own = Q(pk=unit.pk) if unit and not may(user, Action.ORGANISE, unit) else reach(user, Action.ORGANISE)
        cast(UnitChoiceField, self.fields["unit"]).offer(Unit.objects.on(timezone.localdate()).filter(own))
        cast(GroupChoiceField, self.fields["group"]).offer(user, asked, alone=bool(unit))

    def values(self) -> dict[str, Any]:
        """What ``actions.write_to`` takes, of a valid form."""
        said = self.cleaned_data
        return said | {"subject": nfc(said["subject"]), "text": nfc(said["text"])}
