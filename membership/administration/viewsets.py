"""The admin's menu "People and units": people, roles, units, consent texts."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from interface.office import AdministratorsPolicy, RecordViewSet
from membership.administration import forms, views
from membership.administration.doubles import DoublesPolicy, DoubleViewSet
from membership.administration.permissions import PeoplePolicy, RolesPolicy, UnitPolicy
from membership.administration.units import UnitViewSet
from membership.models import ConsentText, Membership, Person, PossibleDouble, Unit
from membership.policy import Action, may

register_permission_policy(Person, PeoplePolicy(Person))
register_permission_policy(Membership, RolesPolicy(Membership))
register_permission_policy(PossibleDouble, DoublesPolicy(PossibleDouble))
register_permission_policy(Unit, UnitPolicy(Unit))
register_permission_policy(ConsentText, AdministratorsPolicy(ConsentText, "add", "view"))


class PersonViewSet(RecordViewSet):
    model = Person
    name = "people"
    icon = "user"
    index_view_class = views.PersonListView
    add_view_class = views.PersonCreateView
    edit_view_class = views.PersonEditView
    history_view_class = views.PersonHistoryView

    def get_form_class(self, for_update: bool = False) -> type:
        return forms.PersonForm if for_update else forms.NewPersonForm


class MembershipViewSet(RecordViewSet):
    model = Membership
    name = "roles"
    icon = "group"
    menu_label = _("Roles")
    index_view_class = views.MembershipListView
    add_view_class = views.MembershipCreateView
    edit_view_class = views.MembershipEditView
    history_view_class = views.MembershipHistoryView

    def get_form_class(self, for_update: bool = False) -> type:
        return forms.MembershipForm if for_update else forms.NewMembershipForm


class ConsentTextViewSet(RecordViewSet):
    model = ConsentText
    name = "consent_texts"
    icon = "doc-full"
    pages = ("index", "index_results", "add", "inspect")
    inspect_view_enabled = True
    inspect_view_fields = ["purpose", "version", "published_at", "text"]
    list_display = ["version", "purpose", "published_at"]
    add_view_class = views.ConsentTextCreateView

    def get_form_class(self, for_update: bool = False) -> type:
        return forms.ConsentTextForm


class SlipsMenuItem(MenuItem):
    """The desk stands on the site, for chapters; whoever sets a province up has no queue there, and comes from here."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.GIVE_ACCESS)


class PeopleViewSetGroup(ModelViewSetGroup):
    menu_label = _("People and units")
    menu_icon = "group"
    menu_order = 250
    items = (PersonViewSet, DoubleViewSet, MembershipViewSet, UnitViewSet, ConsentTextViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        slips = reverse_lazy("membership:slip_people")
        return [*items, SlipsMenuItem(_("Slips for signing in"), slips, icon_name="key", order=len(items) + 1)]
