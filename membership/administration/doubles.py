"""The queue of records that may be one person's: two side by side, and what is decided of them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic

from interface.fields import LinesField
from interface.office import RecordViewSet, ToldInFormMixin
from interface.tables import Column, Empty, Table
from interface.tables.office import ModelTableView
from membership.actions import ask_about, keep_apart, log_file_access, merge_people
from membership.administration.permissions import PeoplePolicy, people_in_reach
from membership.admission import user_of
from membership.belonging import group_of
from membership.merging import holdings
from membership.models import Person, PossibleDouble, User
from membership.policy import Action
from membership.querysets import PossibleDoubleQuerySet

REASONS: dict[str, str | Promise] = {
    "same_citizen_id": _("the same citizen ID"),
    "same_name": _("the same name"),
    "name_sounds_alike": _("names that sound alike"),
    "name_words_swapped": _("the words of the name in another order"),
    "name_lacks_middle": _("one name lacks a middle name"),
    "name_one_letter": _("names one letter apart"),
    "name_other_middle": _("another middle name"),
    "other_name": _("another name"),
    "same_day": _("born on the same day"),
    "near_day": _("days of birth that are easily mistaken"),
    "other_day": _("another day of birth"),
    "same_year": _("born in the same year"),
    "near_year": _("years of birth that are easily mistaken"),
    "other_year": _("another year of birth"),
    "same_place": _("the same commune"),
    "other_place": _("another commune"),
    "same_contact": _("a phone in common"),
    "other_contact": _("other phones"),
}


def doubles_in_reach(user: User) -> PossibleDoubleQuerySet:
    return PossibleDouble.objects.within(people_in_reach(user, Action.MANAGE_PEOPLE), user.person_id)


class DoublesPolicy(PeoplePolicy):
    """Whoever manages one of the two people sees the pair; the actions say who may decide."""

    actions = {"view": Action.MANAGE_PEOPLE, "change": Action.MANAGE_PEOPLE}

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return action in self.actions and doubles_in_reach(user).filter(pk=instance.pk).exists()


def reasons_told(pair: PossibleDouble) -> str:
    return ", ".join(str(REASONS[reason]) for reason in pair.reasons)


class DoubleTable(Table):
    page_name = "p"
    empty = Empty(
        _("No two records wait"), _("Each night everybody is looked through; who may be on record twice comes here.")
    )
    columns = [
        Column(name="one", label=_("Full name"), read="one.full_name", is_heading=True),
        Column(name="other", label=_("Other record"), read="other.full_name"),
        Column(name="sure", label=_("Likelihood"), show=lambda pair: f"{pair.probability:.0%}", is_number=True),
        Column(name="why", label=_("Why"), read=reasons_told),
        Column(name="state", label=_("What became of it"), read="get_state_display"),
    ]  # fmt: skip


class DoubleListView(ModelTableView):
    table_class = DoubleTable

    def get_rows(self) -> PossibleDoubleQuerySet:
        return doubles_in_reach(user_of(self.request)).for_queue()


class DoubleForm(WagtailAdminModelForm):
    """What is decided of the pair. Saving is the view's part, through actions."""

    decision = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    note = LinesField(
        label=_("What the other officer should find out"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Only where you ask."),
    )  # fmt: skip

    class Meta:
        model = PossibleDouble
        fields = ["note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["decision", "note"])
        choices = [("ask", gettext("I cannot tell: ask the officer of the other commune, or of the province"))]
        reached = people_in_reach(self.for_user, Action.MANAGE_PEOPLE)
        if reached.filter(pk__in=[self.instance.one_id, self.instance.other_id]).count() == 2:
            keep = gettext("One person: keep the record %(code)s and move everything to it")
            choices = [
                ("one", keep % {"code": self.instance.one.code}),
                ("other", keep % {"code": self.instance.other.code}),
                ("apart", gettext("Two people: keep them apart, and ask nobody again")),
                *choices,
            ]
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@dataclass(frozen=True)
class Line:
    """What both records say of one thing."""

    label: str | Promise
    one: str
    other: str


class DoubleView(ToldInFormMixin, generic.EditView):
    template_name = "membership/office/double.html"

    def get_queryset(self) -> PossibleDoubleQuerySet:
        return doubles_in_reach(user_of(self.request)).for_queue()

    def get_page_subtitle(self) -> str:
        return f"{self.object.one.full_name} – {self.object.other.full_name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair: PossibleDouble = self.object
        for person in (pair.one, pair.other):
            log_file_access(user=user_of(self.request), person=person, what="record", at=timezone.now())
        told = {"lines": lines_of(pair), "reasons": reasons_told(pair)}
        return super().get_context_data(**kwargs) | told

    def save_instance(self) -> PossibleDouble:
        values, by, at = self.form.cleaned_data, user_of(self.request), timezone.now()
        pair = self.get_queryset().get(pk=self.object.pk)
        match values["decision"]:
            case "one":
                merge_people(duplicate=pair.other, into=pair.one, by=by, at=at)
            case "other":
                merge_people(duplicate=pair.one, into=pair.other, by=by, at=at)
            case "apart":
                keep_apart(pair=pair, by=by, at=at)
            case "ask":
                ask_about(pair=pair, note=values["note"], by=by, at=at)
            case unknown:
                raise PermissionDenied(unknown)
        return pair


def lines_of(pair: PossibleDouble) -> list[Line]:
    """Both side by side: who they are, where they belong, what hangs on each."""
    told = [_told(person) for person in (pair.one, pair.other)]
    lines = [Line(label, one, other) for (label, one), (_label, other) in zip(*told, strict=True)]
    return lines + [Line(name, str(count(pair.one)), str(count(pair.other))) for name, count in holdings.items()]


def _told(person: Person) -> list[tuple[str | Promise, str]]:
    born = date_format(person.birth_day, "d/m/Y") if person.birth_day else str(person.birth_year or "")
    roles = person.memberships.select_related("unit").order_by("-valid_from", "pk")
    account = User.objects.filter(person=person, is_active=True).first()
    return [
        (_("Full name"), person.full_name),
        (_("Code"), person.code),
        (_("Born"), born),
        (_("Target group"), str(group_of(person, timezone.localdate()).label)),
        (_("Belongs to"), "; ".join(f"{role.unit.name} ({role.get_role_display()})" for role in roles)),
        (_("Contacts"), "; ".join(person.contacts.values_list("value", flat=True))),
        (_("On record since"), date_format(timezone.localtime(person.created_at), "d/m/Y")),
        (_("Account"), account.username if account else gettext("none")),
    ]


class DoubleViewSet(RecordViewSet):
    model = PossibleDouble
    name = "doubles"
    icon = "group"
    menu_label = _("On record twice?")
    pages = ("index", "edit")
    index_view_class = DoubleListView
    edit_view_class = DoubleView

    def get_form_class(self, for_update: bool = False) -> type:
        return DoubleForm
