"""What officers fill in about people. Saving is the views' part, through actions."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from interface.vietnamese import fold
from membership.actions import ContactEntry
from membership.administration.permissions import people_in_reach
from membership.age import FIRST_BIRTH_YEAR, is_possible_birth
from membership.belonging import group_of
from membership.choosing import UnitChoiceField
from membership.contacts import normal_form
from membership.likeness.everybody import Everybody
from membership.likeness.reasons import reasons_told
from membership.likeness.records import record_of
from membership.likeness.weighing import Candidate
from membership.models import (
    ConsentText,
    Contact,
    ContactKind,
    ContactPurpose,
    Membership,
    Person,
    Role,
    TargetGroup,
    Unit,
    UnitKind,
    User,
)
from membership.policy import UNIT_KINDS_OF_ROLE, Action, reach, roles_given_by
from membership.querysets import UnitQuerySet

_LIKE_SHOWN = 5


def managed_units(user: User, kinds: frozenset[UnitKind]) -> UnitQuerySet:
    """Those of today within the user's reach."""
    return Unit.objects.on(timezone.localdate()).filter(reach(user, Action.MANAGE_PEOPLE), kind__in=kinds)


class PersonForm(WagtailAdminModelForm):
    group = forms.ChoiceField(
        label=_("Target group"),
        choices=TargetGroup.choices,
        help_text=_("Decides which criteria set applies. A change counts from today; the past keeps its group."),
    )

    class Meta:
        model = Person
        fields = ["full_name", "birth_year", "birth_day"]
        widgets = {"birth_day": AdminDateInput}
        help_texts = {
            "full_name": _("As on official papers, with accents."),
            "birth_year": _("Four figures. The year is enough: no citizen ID, no ethnicity, no religion."),
            "birth_day": _("Where it is known: it tells two of one name and year apart."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"] = forms.IntegerField(
            label=self.fields["birth_year"].label,
            help_text=self.fields["birth_year"].help_text,
            required=False,
            min_value=FIRST_BIRTH_YEAR,
            max_value=timezone.localdate().year,
            localize=False,
        )
        self.order_fields(["full_name", "birth_year", "birth_day", "group", "unit"])
        if self.instance.pk:
            self.fields["group"].initial = group_of(self.instance, timezone.localdate())

    def clean_birth_day(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["birth_day"]
        if day is not None and not is_possible_birth(day.year, day, timezone.localdate()):
            raise ValidationError(_("Nobody who lives was born on that day."))
        return day

    def clean(self) -> dict[str, Any]:
        """The day says the year."""
        cleaned: dict[str, Any] = super().clean()
        day, year = cleaned.get("birth_day"), cleaned.get("birth_year")
        if day and year is None and "birth_year" not in self.errors:
            cleaned["birth_year"] = day.year
        elif day and year is not None and day.year != year:
            self.add_error("birth_day", _("The birth day lies in another year than the birth year."))
        return cleaned


class ContactForm(forms.ModelForm):
    is_verified = forms.BooleanField(
        label=_("It reaches this person"),
        required=False,
        help_text=_("Somebody called, wrote or was shown it. Tick again after a change."),
    )

    class Meta:
        model = Contact
        fields = ["kind", "value", "purpose"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_verified"].initial = self.instance.verified_at is not None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                cleaned["value"] = normal_form(cleaned["kind"], cleaned["value"])
            except ValidationError as refused:
                self.add_error("value", refused)
        return cleaned

    @property
    def entry(self) -> ContactEntry:
        kind, value = ContactKind(self.cleaned_data["kind"]), self.cleaned_data["value"]
        is_other = (kind, value) != (self.initial.get("kind"), self.initial.get("value"))
        was_verified = self.instance.verified_at is not None
        is_verified = self.cleaned_data["is_verified"] and not (is_other and was_verified)
        return ContactEntry(kind, value, ContactPurpose(self.cleaned_data["purpose"]), is_verified)


ContactFormSet = forms.inlineformset_factory(Person, Contact, form=ContactForm, extra=2, max_num=12)


class NewPersonForm(PersonForm):
    data: Any
    unit = UnitChoiceField(
        suggests=False,
        label=_("Unit"),
        help_text=_("Where the person is a member from today: mostly the chapter, else the association."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(managed_units(self.for_user, UNIT_KINDS_OF_ROLE[Role.MEMBER]))
        self.beside: list[Any] = []

    def clean(self) -> dict[str, Any]:
        """Who may be on record already is shown first; whoever enters them says that it is somebody else."""
        cleaned = super().clean()
        if not self.errors:
            everybody = Everybody(timezone.localdate())
            coming = record_of(
                0, fold(cleaned["full_name"]), year=cleaned["birth_year"], day=cleaned["birth_day"],
                place=everybody.place_of(cleaned["unit"].pk),
            )  # fmt: skip
            [like] = everybody.like([coming])
            self._ask_about(like[:_LIKE_SHOWN])
        return cleaned

    def _ask_about(self, like: Sequence[Candidate]) -> None:
        """What was ticked holds for those who were shown, so that they come back with the form."""
        if not like:
            return
        shown = {candidate.other for candidate in like}
        reached = people_in_reach(self.for_user, Action.MANAGE_PEOPLE).filter(pk__in=shown)
        self.beside = list(reached.home_unit_on(timezone.localdate()))
        self.fields["is_somebody_else"] = forms.BooleanField(
            label=_("I have looked: this is somebody else"), required=False, help_text=_told_of(like, self.beside)
        )
        seen = salted_hmac("membership.people_shown", str(sorted(shown))).hexdigest()
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if not self.data.get("is_somebody_else") or self.data.get("seen") != seen:
            self.data = self.data.dict() | {"seen": seen, "is_somebody_else": ""}
            self.add_error("is_somebody_else", _("May be on record already. Look at these records first."))


def _told_of(like: Sequence[Candidate], reached: Sequence[Any]) -> SafeString:
    """Who stands in the user's units, with what speaks for each; of others, that there are some."""
    people = {person.pk: person for person in reached}
    rows = [
        format_html(
            '<a href="{}">{}</a> ({}), {}: {}', reverse("people:edit", args=[found.other]),
            people[found.other].full_name, people[found.other].code, people[found.other].home_unit_name,
            reasons_told(found.likeness.reasons),
        )
        for found in like if found.other in people
    ]  # fmt: skip
    if len(rows) < len(like):
        rows.append(format_html("{}", _("Somebody like that stands in a unit that is none of yours.")))
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([row] for row in rows)))


class PersonCodeField(forms.CharField):
    """Whoever bears the code that is typed."""

    def __init__(self, **options: Any) -> None:
        help_text = _("Eight letters and figures; it stands in the list of people and on the person's account page.")
        super().__init__(max_length=12, help_text=help_text, **options)

    def clean(self, value: Any) -> Any:
        code = "".join(super().clean(value).split()).upper()
        person = Person.objects.on_record().filter(code=code).first()
        if code and person is None:
            raise ValidationError(_("Nobody has this code. Look it up in the list of people."))
        return person


class NewMembershipForm(WagtailAdminModelForm):
    person_code = PersonCodeField(label=_("Code of the person"))
    unit = UnitChoiceField(
        suggests=False, label=_("Unit"), help_text=_("The role reaches this unit and all beneath it.")
    )

    class Meta:
        model = Membership
        fields = ["role", "valid_from"]
        widgets = {"valid_from": AdminDateInput}
        help_texts = {"valid_from": _("The first day on which the role holds.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = roles_given_by(self.for_user)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in given]
        kinds = frozenset().union(*(UNIT_KINDS_OF_ROLE[role] for role in given))
        self.fields["unit"].offer(managed_units(self.for_user, kinds))
        self.fields["valid_from"].initial = timezone.localdate
        self.order_fields(["person_code", "role", "unit", "valid_from"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role and unit and UnitKind(unit.kind) not in UNIT_KINDS_OF_ROLE[Role(role)]:
            self.add_error("unit", _("This role cannot be held in a unit of this kind."))
        elif role and unit and Role(role) not in roles_given_by(self.for_user, unit):
            self.add_error("role", _("You may not give this role in this unit."))
        return cleaned


class MembershipForm(WagtailAdminModelForm):
    is_left_open = forms.BooleanField(
        label=_("I know that nobody holds this role here afterwards"),
        required=False,
        help_text=_("Asked for only where whoever leaves is the last. Better give the role to somebody first."),
    )
    is_confirmed = forms.BooleanField(
        label=_("I confirm that this person belongs here"),
        required=False,
        help_text=_("The person said so when signing up. Confirmed members count in the figures of the association."),
    )

    class Meta:
        model = Membership
        fields = ["valid_to"]
        widgets = {"valid_to": AdminDateInput}
        labels = {"valid_to": _("Ends on")}
        help_texts = {"valid_to": _("The first day on which the role holds no more; empty while it goes on.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_self_declared:
            del self.fields["is_confirmed"]
        if self.instance.role == Role.MEMBER:
            del self.fields["is_left_open"]

    def clean_valid_to(self) -> Any:
        valid_to = self.cleaned_data["valid_to"]
        if valid_to is None and self.initial.get("valid_to"):
            raise ValidationError(_("A role that has ended stays ended. Give it anew instead."))
        if valid_to is not None and valid_to <= self.instance.valid_from:
            raise ValidationError(_("A role cannot end before it began."))
        return valid_to

    def clean(self) -> dict[str, Any]:
        """The last of a role leaves no unit unnoticed."""
        cleaned: dict[str, Any] = super().clean()
        day, held = cleaned.get("valid_to"), self.instance
        is_asked = "valid_to" in self.changed_data and "is_left_open" in self.fields and not cleaned["is_left_open"]
        if day and is_asked and not Membership.objects.beside(held, day).exists():
            message = _(
                "From that day on nobody is %(role)s of %(unit)s. Give the role to somebody first, or tick below."
            )
            self.add_error("valid_to", message % {"role": held.get_role_display(), "unit": held.unit.name})
        return cleaned


class ConsentTextForm(WagtailAdminModelForm):
    class Meta:
        model = ConsentText
        fields = ["purpose", "version", "text"]
        help_texts = {
            "purpose": _("What the site cannot do without is asked of everyone anew at their next visit."),
            "version": _("A new one for each text, for example 2026-3."),
            "text": _(
                "A published text cannot be changed. Where you write {controller} and {contact}, your name and how you "
                "are reached stand."
            ),
        }
