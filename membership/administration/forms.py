"""What officers fill in about people. Saving is the views' part, through actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from membership.belonging import group_of
from membership.models import ConsentText, Membership, Person, Role, TargetGroup, Unit, UnitKind, User
from membership.policy import UNIT_KINDS_OF_ROLE, Action, reach, roles_given_by

_INDENT = "\u2003"


class UnitField(forms.ChoiceField):
    """A unit that exists today and that the user manages; the list shows the tree by indenting."""

    def offer(self, user: User, kinds: frozenset[UnitKind]) -> None:
        units = list(Unit.objects.on(timezone.localdate()).filter(reach(user, Action.MANAGE_PEOPLE), kind__in=kinds))
        top = min((unit.depth for unit in units), default=0)
        self._units = {str(unit.pk): unit for unit in units}
        self.choices = [("", _("Choose …"))] + [
            (str(unit.pk), f"{_INDENT * (unit.depth - top)}{unit.name}") for unit in units
        ]

    def clean(self, value: Any) -> Unit | None:
        return self._units.get(super().clean(value))


class PersonForm(WagtailAdminModelForm):
    group = forms.ChoiceField(
        label=_("Target group"),
        choices=TargetGroup.choices,
        help_text=_("Decides which criteria set applies. A change counts from today; the past keeps its group."),
    )

    class Meta:
        model = Person
        fields = ["full_name", "birth_year"]
        help_texts = {
            "full_name": _("As on official papers, with accents."),
            "birth_year": _("Four figures. The year is enough: no day, no citizen ID, no ethnicity, no religion."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"] = forms.IntegerField(
            label=self.fields["birth_year"].label,
            help_text=self.fields["birth_year"].help_text,
            required=False,
            min_value=1900,
            max_value=timezone.localdate().year,
            localize=False,
        )
        self.order_fields(["full_name", "birth_year", "group", "unit"])
        if self.instance.pk:
            self.fields["group"].initial = group_of(self.instance, timezone.localdate())


class NewPersonForm(PersonForm):
    unit = UnitField(
        label=_("Unit"),
        help_text=_("Where the person is a member from today: mostly the chapter, else the association."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(self.for_user, UNIT_KINDS_OF_ROLE[Role.MEMBER])


class NewMembershipForm(WagtailAdminModelForm):
    person_code = forms.CharField(
        label=_("Code of the person"),
        max_length=12,
        help_text=_("Eight letters and figures; it stands in the list of people and on the person's account page."),
    )
    unit = UnitField(label=_("Unit"), help_text=_("The role reaches this unit and all beneath it."))

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
        self.fields["unit"].offer(self.for_user, kinds)
        self.fields["valid_from"].initial = timezone.localdate
        self.order_fields(["person_code", "role", "unit", "valid_from"])

    def clean_person_code(self) -> Person:
        code = self.cleaned_data["person_code"].strip().upper()
        person = Person.objects.on_record().filter(code=code).first()
        if person is None:
            raise ValidationError(_("Nobody has this code. Look it up in the list of people."))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role and unit and UnitKind(unit.kind) not in UNIT_KINDS_OF_ROLE[Role(role)]:
            self.add_error("unit", _("This role cannot be held in a unit of this kind."))
        elif role and unit and Role(role) not in roles_given_by(self.for_user, unit):
            self.add_error("role", _("You may not give this role in this unit."))
        return cleaned


class MembershipForm(WagtailAdminModelForm):
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

    def clean_valid_to(self) -> Any:
        valid_to = self.cleaned_data["valid_to"]
        if valid_to is None and self.initial.get("valid_to"):
            raise ValidationError(_("A role that has ended stays ended. Give it anew instead."))
        if valid_to is not None and valid_to <= self.instance.valid_from:
            raise ValidationError(_("A role cannot end before it began."))
        return valid_to


class ConsentTextForm(WagtailAdminModelForm):
    class Meta:
        model = ConsentText
        fields = ["version", "text"]
        help_texts = {
            "version": _("A new one for each text, for example 2026-2."),
            "text": _("Everyone is asked to agree anew at their next visit. A published text cannot be changed."),
        }
