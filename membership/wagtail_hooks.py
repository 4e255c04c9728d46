"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("membership.add_person", _("Add person"), _("Added the person"))
    actions.register_action("membership.grant_role", _("Grant role"), _("Granted a role"))
    actions.register_action("membership.end_role", _("End role"), _("Ended a role"))
    actions.register_action("membership.change_group", _("Change target group"), _("Changed the target group"))
    actions.register_action("membership.accept_consent", _("Accept consent"), _("Accepted the consent"))
