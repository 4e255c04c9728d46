"""Lists that show one's own units only, and forms that save through actions."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button, HeaderButton

from interface.office import ToldInFormMixin
from interface.tables import Column, Empty, SearchFilter, Table
from interface.tables.office import ModelTableView
from membership.actions import (
    add_person,
    change_group,
    confirm_membership,
    correct_person,
    end_role,
    grant_role,
    keep_contacts,
    log_file_access,
    publish_consent_text,
)
from membership.administration.forms import ContactFormSet
from membership.administration.permissions import memberships_in_reach, people_in_reach
from membership.admission import user_of
from membership.choosing import UnitFilter
from membership.models import ConsentText, Membership, Person, Role, TargetGroup, Unit, User
from membership.policy import Action, reach, roles_given_by
from membership.querysets import MembershipQuerySet, PersonQuerySet, standing_on


class PersonFilters(FilterSet):
    q = SearchFilter(_("Name or code"))


class PersonTable(Table):
    filters_class = PersonFilters
    page_name = "p"
    empty = Empty(
        _("Nobody found"),
        _("People come here by a list of your unit, or one by one."),
        label=_("Bring in a list"),
        address="roster:upload",
    )
    columns = [
        Column(name="name", label=_("Full name"), read="full_name", is_heading=True, order=["sort_key"]),
        Column(name="code", label=_("Code"), order=["code"]),
        Column(name="born", label=_("Birth year"), read="birth_year", order=["birth_year"], is_number=True),
        Column(name="unit", label=_("Unit"), read="home_unit_name"),
    ]


class PersonListView(ModelTableView):
    table_class = PersonTable

    @property
    def header_buttons(self) -> list[Button]:
        from_file = HeaderButton(_("Bring in a list"), url=reverse("roster:upload"), icon_name="upload")
        return [*super().header_buttons, *([from_file] if self.user_has_permission("add") else [])]

    def get_rows(self) -> PersonQuerySet:
        reached = people_in_reach(user_of(self.request), Action.VIEW_PEOPLE)
        return reached.home_unit_on(timezone.localdate()).order_by("-pk")


class PersonCreateView(ToldInFormMixin, generic.CreateView):
    def save_instance(self) -> Person:
        values = self.form.cleaned_data
        return add_person(
            full_name=values["full_name"],
            birth_year=values["birth_year"],
            birth_day=values["birth_day"],
            group=TargetGroup(values["group"]),
            unit=values["unit"],
            by=self.request.user,
            at=timezone.now(),
            beside=[person.pk for person in self.form.beside],
        )


class PersonEditView(ToldInFormMixin, generic.EditView):
    template_name = "membership/office/person.html"

    @cached_property
    def contacts(self) -> Any:
        return ContactFormSet(self.request.POST or None, instance=self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            log_file_access(user=request.user, person=self.get_object(), what="record", at=timezone.now())
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> PersonQuerySet:
        return people_in_reach(self.request.user, Action.MANAGE_PEOPLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"contacts": self.contacts}

    def save_instance(self) -> Person:
        if not self.contacts.is_valid():
            raise ValidationError(gettext("One of the contacts cannot be kept as it stands: look at it below."))
        values, at = self.form.cleaned_data, timezone.now()
        # The form has put its values on the instance; the action compares with what is on record.
        person = correct_person(
            person=self.get_object(),
            full_name=values["full_name"],
            birth_year=values["birth_year"],
            birth_day=values["birth_day"],
            by=self.request.user,
            at=at,
        )
        group = TargetGroup(values["group"])
        change_group(person=person, group=group, valid_from=timezone.localdate(at), by=self.request.user)
        forms = [form for form in self.contacts.forms if form.has_changed() or form.instance.pk]
        entries = [form.entry for form in forms if form not in self.contacts.deleted_forms]
        keep_contacts(person=person, contacts=entries, by=self.request.user, at=at)
        return person


class PersonHistoryView(HistoryView):
    def get_base_object_queryset(self) -> PersonQuerySet:
        return people_in_reach(self.request.user, Action.MANAGE_PEOPLE)


_OFFICES, _NOW, _LATER, _OVER = "offices", "now", "later", "over"


class MembershipFilters(WagtailFilterSet):
    q = SearchFilter(_("Name or code"))
    role = ChoiceFilter(label=_("Role"), choices=[(_OFFICES, _("All offices")), *Role.choices], method="of_role")
    unit = UnitFilter(lambda user: Unit.objects.on(timezone.localdate()).filter(reach(user, Action.VIEW_PEOPLE)))
    when = ChoiceFilter(
        label=_("When"),
        choices=[(_NOW, _("Held today")), (_LATER, _("Held later")), (_OVER, _("No more"))],
        method="at_time",
    )

    class Meta:
        model = Membership
        fields = ["is_self_declared"]

    def of_role(self, held: MembershipQuerySet, _name: str, role: str) -> MembershipQuerySet:
        return held.exclude(role=Role.MEMBER) if role == _OFFICES else held.filter(role=role)

    def at_time(self, held: MembershipQuerySet, _name: str, when: str) -> MembershipQuerySet:
        today = timezone.localdate()
        times = {_NOW: standing_on(today), _LATER: Q(valid_from__gt=today), _OVER: Q(valid_to__lte=today)}
        return held.filter(times[when])


def _declared(membership: Membership) -> str:
    return gettext("not confirmed yet") if membership.is_self_declared else ""


class MembershipTable(Table):
    caption = _("Who holds which role")
    filters_class = MembershipFilters
    page_name = "p"
    filename = "vai-tro"
    names_people = True
    empty = Empty(
        _("Nobody found"),
        _("Roles are given to people who are on record, one by one or by a list."),
        label=_("Roles from a file"),
        address="role_list:upload",
    )
    columns = [
        Column(name="person", label=_("Person"), read="person.full_name", order=["person__sort_key"], is_heading=True),
        Column(name="code", label=_("Code"), read="person.code"),
        Column(name="role", label=_("Role"), read="get_role_display"),
        Column(name="unit", label=_("Unit"), read="unit.name", order=["unit__path"]),
        Column(name="unit_code", label=_("Unit code"), read="unit.code", is_shown=False),
        Column(name="from", label=_("From day"), read="valid_from", order=["valid_from"]),
        Column(name="to", label=_("Until day"), read="valid_to", order=["valid_to"]),
        Column(name="declared", label=_("Self-declared"), read=_declared),
    ]


class MembershipListView(ModelTableView):
    table_class = MembershipTable
    page_title = MembershipTable.caption

    @property
    def header_buttons(self) -> list[Button]:
        from_file = HeaderButton(_("Roles from a file"), url=reverse("role_list:upload"), icon_name="upload")
        return [*super().header_buttons, *([from_file] if self.user_has_permission("add") else [])]

    def get_rows(self) -> MembershipQuerySet:
        return memberships_in_reach(user_of(self.request), Action.VIEW_PEOPLE).for_administration()


class MembershipCreateView(ToldInFormMixin, generic.CreateView):
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


class MembershipEditView(ToldInFormMixin, generic.EditView):
    def get_queryset(self) -> MembershipQuerySet:
        return memberships_in_reach(self.request.user, Action.MANAGE_PEOPLE).for_administration()

    def get_page_subtitle(self) -> str:
        held: Membership = self.object
        return f"{held.person.full_name}: {held.get_role_display()}, {held.unit.name}"

    @property
    def header_more_buttons(self) -> list[Button]:
        held: Membership = self.object
        is_over = held.valid_to is not None and held.valid_to <= timezone.localdate()
        if held.role == Role.MEMBER or is_over:
            return super().header_more_buttons
        hand_over = Button(
            _("Hand over"), url=reverse("role_list:hand_over", args=[held.pk]), icon_name="group", priority=10
        )
        return [*super().header_more_buttons, hand_over]

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


class ConsentTextCreateView(ToldInFormMixin, generic.CreateView):
    def save_instance(self) -> ConsentText:
        values = self.form.cleaned_data
        return publish_consent_text(
            purpose=values["purpose"],
            version=values["version"],
            text=values["text"],
            by=self.request.user,
            at=timezone.now(),
        )

    def get_edit_url(self) -> str:
        return reverse(self.index_url_name)
