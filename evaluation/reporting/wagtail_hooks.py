"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("reporting.load_target", _("Load target"), _("Loaded a target of the plan"))
    actions.register_action("reporting.enter_denominator", _("Enter figure"), _("Entered a figure"))
    actions.register_action("reporting.freeze_report", _("Freeze report"), _("Froze a version of the report"))
    actions.register_action("reporting.send_report", _("Send report"), _("Noted a sending of the report"))
