"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("recognition.draft_decision", _("Draft decision"), _("Put dossiers on a list"))
    actions.register_action("recognition.remove_line", _("Remove from list"), _("Took a dossier off a list"))
    actions.register_action("recognition.issue", _("Issue decision"), _("Issued the decision"))
    actions.register_action(
        "recognition.order_certificates", _("Print certificates"), _("Had all certificates drawn in one file")
    )
    actions.register_action("recognition.open_grouping", _("Open group"), _("Opened a group that learns"))
    actions.register_action("recognition.close_grouping", _("Close group"), _("Closed a group that learns"))
    actions.register_action("recognition.add_members", _("Add members"), _("Added members to a group that learns"))
    actions.register_action("recognition.end_member", _("End membership"), _("Took a member out of a group"))
    actions.register_action("recognition.set_rule", _("Set rule"), _("Set what groups must reach"))
    actions.register_action("recognition.revoke", _("Revoke title"), _("Revoked the title"))
