"""Lists that show one's own units only, and forms that save through actions."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView

from interface.tables.office import OfficeListMixin
from interface.vietnamese import fold
from membership.actions import (
    add_person,
    change_group,
    confirm_membership,
    correct_person,
    end_role,
    grant_role,
    log_file_access,
    publish_consent_text,
)
from membership.administration.permissions import memberships_in_reach, people_in_reach
from membership.models import ConsentText, Membership, Person, Role, TargetGroup, Unit, User
from membership.policy import Action, roles_given_by
from membership.querysets import MembershipQuerySet, PersonQuerySet, UnitQuerySet


class ActionFormView:
    """What an action refuses is shown on the form, with what was typed kept."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class PersonIndexView(OfficeListMixin, generic.IndexView):
    is_searchable = True

    def get_base_queryset(self) -> PersonQuerySet:
        return people_in_reach(self.request.user, Action.VIEW_PEOPLE).home_unit_on(timezone.localdate())

    def search_queryset(self, queryset: PersonQuerySet) -> PersonQuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("full_name", label=_("Full name"), sort_key="sort_key", get_url=self.get_edit_url),
            Column("code", label=_("Code")),
            Column("birth_year", label=_("Birth year"), accessor=lambda person: str(person.birth_year or "–")),
            Column("home_unit_name", label=_("Unit"), accessor=lambda person: person.home_unit_name or "–"),
        ]


class PersonCreateView(ActionFormView, generic.CreateView):
    def save_instance(self) -> Person:
        values = self.form.cleaned_data
        return add_person(
            full_name=values["full_name"],
            birth_year=values["birth_year"],
            group=TargetGroup(values["group"]),
            unit=values["unit"],
            by=self.request.user,
            at=timezone.now(),
        )


class PersonEditView(ActionFormView, generic.EditView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            log_file_access(user=request.user, person=self.get_object(), what="record", at=timezone.now())
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> PersonQuerySet:
        return people_in_reach(self.request.user, Action.MANAGE_PEOPLE)

    def save_instance(self) -> Person:
        values, at = self.form.cleaned_data, timezone.now()
        # The form has put its values on the instance; the action compares with what is on record.
        person = correct_person(
            person=self.get_object(),
            full_name=values["full_name"],
            birth_year=values["birth_year"],
            by=self.request.user,
            at=at,
        )
        group = TargetGroup(values["group"])
        change_group(person=person, group=group, valid_from=timezone.localdate(at), by=self.request.user)
        return person


class PersonHistoryView(HistoryView):
    def get_base_object_queryset(self) -> PersonQuerySet:
        return people_in_reach(self.request.user, Action.MANAGE_PEOPLE)


class MembershipIndexView(OfficeListMixin, generic.IndexView):
    is_searchable = True

    def get_base_queryset(self) -> MembershipQuerySet:
        return memberships_in_reach(self.request.user, Action.VIEW_PEOPLE).for_administration()

    def search_queryset(self, queryset: MembershipQuerySet) -> MembershipQuerySet:
        people = Person.objects.matching(self.search_query)
        return queryset.filter(person__in=people) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "person", label=_("Person"), accessor="person.full_name", sort_key="person__sort_key",
                get_url=self.get_edit_url,
            ),
            Column("role", label=_("Role"), accessor="get_role_display"),
            Column("unit", label=_("Unit"), accessor="unit.name"),
            Column("valid_from", label=_("From day"), sort_key="valid_from", accessor=_first_day),
            Column("valid_to", label=_("Until day"), sort_key="valid_to", accessor=_end),
            Column("is_self_declared", label=_("Self-declared"), accessor=_declared),
        ]  # fmt: skip


class MembershipCreateView(ActionFormView, generic.CreateView):
    def save_instance(self) -> Membership:
        values = self.form.cleaned_data
        return grant_role(
            person=values["person_code"],
            unit=values["unit"],
            role=Role(values["role"]),
            valid_from=values["valid_from"],
            by=self.request.user,
            at=timezone.now(),
        )


class MembershipEditView(ActionFormView, generic.EditView):
    def get_queryset(self) -> MembershipQuerySet:
        return memberships_in_reach(self.request.user, Action.MANAGE_PEOPLE).for_administration()

    def get_page_subtitle(self) -> str:
        held: Membership = self.object
        return f"{held.person.full_name}: {held.get_role_display()}, {held.unit.name}"

    def get_success_message(self) -> str:
        return str(_("Saved."))

    def save_instance(self) -> Membership:
        values, at = self.form.cleaned_data, timezone.now()
        held: Membership = self.get_object()
        if Role(held.role) not in roles_given_by(self.request.user, held.unit):
            raise PermissionDenied("not theirs to end")
        if values.get("is_confirmed"):
            confirm_membership(membership=held, by=self.request.user, at=at)
        if values["valid_to"]:
            end_role(membership=held, valid_to=values["valid_to"], by=self.request.user, at=at)
        return held


class MembershipHistoryView(HistoryView):
    def get_base_object_queryset(self) -> MembershipQuerySet:
        return memberships_in_reach(self.request.user, Action.MANAGE_PEOPLE)


class UnitIndexView(OfficeListMixin, generic.IndexView):
    is_searchable = True

    def order_queryset(self, queryset: UnitQuerySet) -> UnitQuerySet:
        return queryset.order_by("path")

    def search_queryset(self, queryset: UnitQuerySet) -> UnitQuerySet:
        return queryset.filter(folded_name__contains=fold(self.search_query)) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("name", label=_("Name"), accessor=lambda unit: "\u2003" * (unit.depth - 1) + unit.name),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("code", label=_("Code")),
            Column("valid_from", label=_("From day"), accessor=_first_day),
            Column("valid_to", label=_("Until day"), accessor=_end),
        ]


class ConsentTextCreateView(ActionFormView, generic.CreateView):
    def save_instance(self) -> ConsentText:
        values = self.form.cleaned_data
        return publish_consent_text(
            version=values["version"], text=values["text"], by=self.request.user, at=timezone.now()
        )

    def get_edit_url(self) -> str:
        return reverse(self.index_url_name)


def _first_day(held: Membership | Unit) -> str:
    return date_format(held.valid_from, "d/m/Y")


def _end(held: Membership | Unit) -> str:
    return date_format(held.valid_to, "d/m/Y") if held.valid_to else ""


def _declared(membership: Membership) -> str:
    return gettext("not confirmed yet") if membership.is_self_declared else ""
