"""The menu "People and units" of Wagtail's admin, and the names of the audit log's entries."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from interface.office import name_entries
from membership.administration import PeopleViewSetGroup, beginning, decrees, roles, roster, unit_files
from membership.policy import Action, may

name_entries(
    "membership",
    {
        "add_person": (_("Add person"), _("Added the person")),
        "correct_person": (_("Correct person"), _("Corrected the person's details")),
        "keep_contacts": (_("Change contacts"), _("Changed how the person is reached")),
        "change_group": (_("Change target group"), _("Changed the target group")),
        "merge_people": (_("Merge records"), _("Merged a duplicate record into this one")),
        "keep_apart": (_("Keep records apart"), _("Found the two records to be two people")),
        "ask_about": (_("Ask about two records"), _("Asked whether the two records are one person")),
        "erase_person": (_("Erase person"), _("Erased the person's data")),
        "grant_role": (_("Grant role"), _("Granted a role")),
        "end_role": (_("End role"), _("Ended a role")),
        "take_role_back": (_("Take role back"), _("Took a role back that was given by mistake")),
        "put_end_back": (_("Put end of role back"), _("Put the end of a role back as it was")),
        "confirm_membership": (_("Confirm membership"), _("Confirmed a self-declared membership")),
        "ask_for_chapter": (_("Ask for chapter"), _("Named the chapter to which they belong")),
        "decline_membership": (_("Decline membership"), _("Found that the person does not belong there")),
        "sync_groups": (_("Match groups to roles"), _("Matched the admin groups to the roles that stand")),
        "publish_consent_text": (_("Publish consent text"), _("Published a consent text")),
        "accept_consent": (_("Accept consent"), _("Accepted the consent")),
        "record_consent": (_("Record consent on paper"), _("Recorded a consent that was signed on paper")),
        "withdraw_consent": (_("Withdraw consent"), _("Withdrew the consent")),
        "keep_owner": (_("Say who answers for the site"), _("Said who answers for the site")),
        "add_unit": (_("Add unit"), _("Added the unit")),
        "change_unit": (_("Change unit"), _("Changed the unit's name or kind")),
        "move_unit": (_("Move unit"), _("Moved the unit")),
        "close_unit": (_("Close unit"), _("Closed the unit")),
        "reopen_unit": (_("Reopen unit"), _("Opened the unit again")),
        "remove_unit": (_("Remove unit"), _("Removed the unit")),
        "load_units": (_("Load units"), _("Loaded the map of units")),
        "carry_out_decree": (_("Carry out decree"), _("Carried out a decree on units")),
        "take_back_decree": (_("Take decree back"), _("Took a decree on units back")),
        "keep_sign_up": (_("Sign up"), _("Signed up")),
        "admit_citizen": (_("Admit citizen"), _("Made the record of a citizen who signed up")),
        "forget_sign_up": (_("Forget sign-up"), _("Forgot a sign-up that was never proven")),
        "print_slip": (_("Print slip"), _("Printed a slip")),
        "confirm_slip": (_("Confirm slip"), _("Confirmed a slip for a new password")),
        "refuse_slip": (_("Refuse slip"), _("Refused a slip")),
        "refuse_printing": (_("Refuse printing"), _("Refused an officer a slip for somebody beyond their reach")),
        "join_record": (_("Join record"), _("Joined the roster's record with a slip")),
        "use_slip": (_("Use slip"), _("Opened the account with a slip")),
        "send_phone_code": (_("Send code"), _("Sent a code for a new password by SMS")),
        "refuse_phone_code": (_("Refuse code"), _("Refused a code for a new password")),
        "renew_password": (_("Renew password"), _("Set a new password with a code by SMS")),
        "add_passkey": (_("Add passkey"), _("Added a passkey")),
        "rename_passkey": (_("Rename passkey"), _("Renamed a passkey")),
        "remove_passkey": (_("Remove passkey"), _("Removed a passkey")),
        "open_by_citizen_id": (_("Open by citizen ID"), _("Opened the account by the citizen ID that a sign-on told")),
        "connect_sign_on": (_("Connect sign-on"), _("Connected an outside sign-on")),
        "disconnect_sign_on": (_("Disconnect sign-on"), _("Disconnected the outside sign-on")),
        "set_totp_secret": (_("Set second factor"), _("Set the second factor of a demo account")),
    },
)


@hooks.register("register_admin_urls")
def pages() -> list[URLResolver]:
    return [
        path("danh-sach-nguoi/", include((roster.urlpatterns, "roster"))),
        path("thiet-lap/", include((beginning.urlpatterns, "beginning"))),
        path("vai-tro-tu-tep/", include((roles.urlpatterns, "role_list"))),
        path("quyet-dinh-don-vi/", include((decrees.urlpatterns, "decree"))),
        path("don-vi-tu-tep/", include((unit_files.urlpatterns, "unit_file"))),
    ]


@hooks.register("register_admin_viewset")
def register_people() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


class BeginningMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.SET_UP)


@hooks.register("register_admin_menu_item")
def setting_up() -> MenuItem:
    return BeginningMenuItem(_("Setting up"), reverse_lazy("beginning:guide"), icon_name="tasks", order=10)


@hooks.register("construct_homepage_panels")
def missing_still(request: HttpRequest, panels: list[Component]) -> None:
    if may(request.user, Action.SET_UP):
        panels.append(beginning.BeginningPanel())
