"""What officers type about calls."""

import datetime
import uuid
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interface.vietnamese import nfc
from learning.calls.actions.calls import LONGEST, Terms
from learning.calls.cohorts import teachers_for
from learning.calls.models import OWN_LIST, Call
from learning.calls.querysets import CallQuerySet
from learning.calls.registries import destinations
from membership.choosing import GroupChoiceField, UnitChoiceField
from membership.models import User
from membership.policy import Action
from membership.registries.groups import Chosen

_DAY = {"type": "date"}
_LIST = gettext_lazy("People whom you add next, from a file or from a list")


class TermsForm(forms.Form):
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs=_DAY))
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs=_DAY),
        help_text=gettext_lazy("Learners see it. Who comes later can still learn, and counts as done."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("One sentence that each of them reads."),
    )
    paper_number = forms.CharField(
        label=gettext_lazy("Number and symbol of the document"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Such as 12/KH-HKH."),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_day", _("That is more than two years. Check the year."))
        return said

    @property
    def terms(self) -> Terms:
        """Of a valid form."""
        said = self.cleaned_data
        return Terms(said["first_day"], said["last_day"], nfc(said["reason"]), nfc(said["paper_number"]))

    @classmethod
    def of(cls, call: Call) -> "TermsForm":
        names = cls.base_fields
        return cls(initial={name: getattr(call, name) for name in names})


class CallForm(TermsForm):
    what = forms.ChoiceField(label=gettext_lazy("To what do you call?"))
    unit = UnitChoiceField(label=gettext_lazy("Of which unit, with all beneath it?"))
    group = GroupChoiceField(label=gettext_lazy("Whom of them?"))
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ["what", "unit", "group"]

    def __init__(self, *args: Any, user: User, chosen: int = 0, **kwargs: Any) -> None:
        """``chosen``: how many people a list has handed over; they are the group."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["what"]).choices = destinations.choices(user)
        group = cast(GroupChoiceField, self.fields["group"])
        if chosen:
            name = ngettext("%(count)d person whom you chose", "%(count)d people whom you chose", chosen)
            group.choices = [(_("A list of your own"), [(OWN_LIST, name % {"count": chosen})])]
        else:
            group.offer(user)
            group.choices = [*cast(Any, group.choices), (_("A list of your own"), [(OWN_LIST, _LIST)])]
        cast(UnitChoiceField, self.fields["unit"]).offer_where(user, Action.ORGANISE)

    def clean_what(self) -> tuple[str, UUID]:
        kind, _colon, key = self.cleaned_data["what"].partition(":")
        return kind, UUID(key)

    def clean_group(self) -> Chosen:
        """A list of one's own is read by others too, and when it is long made."""
        group: Chosen = self.cleaned_data["group"]
        return group._replace(name=_("A list of its own")) if group.group == OWN_LIST else group

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        kind, key = said["what"]
        return {"token": said["token"], "unit": said["unit"], "kind": kind, "key": key, "group": said["group"],
                "terms": self.terms}  # fmt: skip


class ExtensionForm(forms.Form):
    """For chosen people of a call."""

    until = forms.DateField(label=gettext_lazy("Longer, until"), widget=forms.DateInput(attrs=_DAY))
    why = forms.CharField(label=gettext_lazy("Why longer?"), max_length=200, required=False)


class TeacherForm(forms.Form):
    teacher = forms.ModelChoiceField(
        label=gettext_lazy("Teacher"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy(
            "A trainer, who then sees how these people come along in this course, may give one of them longer, and "
            "sees nothing of anybody else. Each of them sees who it is."
        ),
    )

    def __init__(self, *args: Any, call: Call, at: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"teacher": call.teacher_id}, **kwargs})
        field = cast(Any, self.fields["teacher"])
        field.queryset = teachers_for(call.unit, at).select_related("person")
        field.label_from_instance = lambda user: f"{user.person.full_name} ({user.person.code})"


class OntoForm(forms.Form):
    """Onto which call chosen people come."""

    call = forms.ModelChoiceField(
        label=gettext_lazy("Onto which call?"), queryset=Call.objects.none(), empty_label=gettext_lazy("Choose …")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(Any, self.fields["call"])
        field.queryset = self.lasting(user).select_related("unit").order_by("last_day", "pk")
        field.label_from_instance = lambda call: f"{call.title}: {call.unit.name} ({call.last_day:%d/%m/%Y})"

    @staticmethod
    def lasting(user: User) -> CallQuerySet[Call]:
        return Call.objects.organised_by(user).lasting_to(timezone.localdate())
