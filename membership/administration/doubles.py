"""The queue of records that may be one person's: two side by side, and what is decided of them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
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
from membership.belonging import group_of, unit_of
from membership.likeness.reasons import reasons_told
from membership.merging import holdings
from membership.models import Person, PossibleDouble, Unit, UnitKind, User
from membership.policy import Action, may_over
from membership.querysets import PossibleDoubleQuerySet


def doubles_in_reach(user: User) -> PossibleDoubleQuerySet:
    return PossibleDouble.objects.within(people_in_reach(user, Action.MANAGE_PEOPLE), user.person_id)


class DoublesPolicy(PeoplePolicy):
    """Whoever manages one of the two people sees the pair; the actions say who may decide."""

    actions = {"view": Action.MANAGE_PEOPLE, "change": Action.MANAGE_PEOPLE}

    def reached(self, user: User, action: Action) -> QuerySet[Any]:
        return doubles_in_reach(user)


def _named(person: Person) -> str:
    """Two of one name are told apart by the year, which whoever sees either of them may know of both."""
    return f"{person.full_name} ({person.birth_year})" if person.birth_year else person.full_name


class DoubleTable(Table):
    page_name = "p"
    empty = Empty(
        _("No two records wait"), _("Each night everybody is looked through; who may be on record twice comes here.")
    )
    columns = [
        Column(name="one", label=_("Full name"), show=lambda pair: _named(pair.one), is_heading=True),
        Column(name="other", label=_("Other record"), show=lambda pair: _named(pair.other)),
        Column(name="sure", label=_("Likelihood"), show=lambda pair: f"{pair.probability:.0%}", is_number=True),
        Column(name="why", label=_("Why"), show=lambda pair: reasons_told(pair.reasons)),
        Column(name="state", label=_("What became of it"), read="get_state_display"),
    ]  # fmt: skip


class DoubleListView(ModelTableView):
    table_class = DoubleTable

    def get_rows(self) -> PossibleDoubleQuerySet:
        return doubles_in_reach(user_of(self.request)).for_queue()


class DoubleForm(WagtailAdminModelForm):
    """What is decided of the pair. Saving is the view's part, through actions."""

    decision = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        help_text=_("Records that were merged cannot be parted again: look at both first."),
    )
    note = LinesField(
        label=_("What the other officer should find out"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Only where you ask."),
    )  # fmt: skip

    class Meta:
        model = PossibleDouble
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(self.instance, self.for_user)
        if not field.choices:
            field.help_text = gettext("That is for the officer of the unit in which one of the two is a member.")


def _choices(pair: PossibleDouble, user: User) -> list[tuple[str, str]]:
    """By the rule of the actions: where each of the two belongs, not where else they hold a role."""
    day = timezone.localdate()
    over = [may_over(user, Action.MANAGE_PEOPLE, person, day) for person in (pair.one, pair.other)]
    keep = gettext("One person: keep the record %(code)s and move everything to it")
    decided = [
        ("one", keep % {"code": pair.one.code}),
        ("other", keep % {"code": pair.other.code}),
        ("apart", gettext("Two people: keep them apart, and ask nobody again")),
    ]
    asked = [("ask", gettext("I cannot tell: ask the officer of the other commune, or of the province"))]
    return (decided if all(over) else []) + (asked if any(over) else [])


@dataclass(frozen=True)
class Told:
    """What one record says of one thing. Of a person out of reach it is shown, laid beside the other's, or neither."""

    label: str | Promise
    values: tuple[str, ...]
    is_shown: bool = False
    is_compared: bool = False


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
        reached = _reached(pair, user_of(self.request))
        told = {
            "heads": [each.code if each.pk in reached else _("Other record") for each in (pair.one, pair.other)],
            "lines": lines_of(pair, reached),
            "likelihood": f"{pair.probability:.0%}",
            "reasons": reasons_told(pair.reasons),
            "is_partial": len(reached) < 2,
            "asked": pair.note,
        }
        return super().get_context_data(**kwargs) | told

    def save_instance(self) -> PossibleDouble:
        values, by, at = self.form.cleaned_data, user_of(self.request), timezone.now()
        pair: PossibleDouble = self.object
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


def _reached(pair: PossibleDouble, user: User) -> set[int]:
    two = people_in_reach(user, Action.MANAGE_PEOPLE).filter(pk__in=[pair.one_id, pair.other_id])
    return set(two.values_list("pk", flat=True))


def lines_of(pair: PossibleDouble, reached: set[int]) -> list[Line]:
    """Both side by side: who they are, where they belong, what hangs on each. Who is not reached is told as little of
    as tells them apart."""
    of_one, of_other = _told(pair.one), _told(pair.other)
    return [
        Line(one.label, _shown(one, other, pair.one_id in reached), _shown(other, one, pair.other_id in reached))
        for one, other in zip(of_one, of_other, strict=True)
    ]


def _shown(told: Told, beside: Told, is_reached: bool) -> str:
    if is_reached or told.is_shown:
        return "; ".join(told.values) or "–"
    if not told.is_compared or not told.values or not beside.values:
        return "–"
    is_same = not set(told.values).isdisjoint(beside.values)
    return gettext("the same as the other's") if is_same else gettext("different")


def _told(person: Person) -> list[Told]:
    roles = person.memberships.select_related("unit").order_by("-valid_from", "pk")
    account = User.objects.filter(person=person, is_active=True).first()
    lines = [
        Told(_("Full name"), (person.full_name,), is_shown=True),
        Told(_("Code"), (person.code,), is_compared=True),
        Told(_("Birth year"), (str(person.birth_year),) if person.birth_year else (), is_shown=True),
        Told(_("Birth day"), _day_told(person.birth_day), is_compared=True),
        Told(_("Target group"), (str(group_of(person, timezone.localdate()).label),)),
        Told(_("Commune"), _commune_told(person), is_shown=True),
        Told(_("Belongs to"), tuple(f"{role.unit.name} ({role.get_role_display()})" for role in roles)),
        Told(_("Contacts"), tuple(person.contacts.values_list("value", flat=True)), is_compared=True),
        Told(_("On record since"), _day_told(timezone.localdate(person.created_at))),
        Told(_("Account"), (account.username,) if account else (), is_compared=True),
    ]
    return lines + [Told(name, (str(count(person)),)) for name, count in holdings.items()]


def _day_told(day: datetime.date | None) -> tuple[str, ...]:
    return (date_format(day, "d/m/Y"),) if day else ()


def _commune_told(person: Person) -> tuple[str, ...]:
    unit = unit_of(person, timezone.localdate())
    paths = unit.paths_up if unit else []
    return tuple(Unit.objects.filter(kind=UnitKind.COMMUNE, path__in=paths).values_list("name", flat=True))


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
