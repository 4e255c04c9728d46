"""What Wagtail's log learns from this app."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("intake.begin", _("Read a file"), _("File read"))
    actions.register_action("intake.order", _("Start import"), _("Import of a file started"))
    actions.register_action("intake.apply", _("Import a file"), _("File imported"))
    actions.register_action("intake.order_undoing", _("Start undoing an import"), _("Undoing of an import started"))
    actions.register_action("intake.undo", _("Undo import"), _("Import undone"))
    actions.register_action("intake.discard", _("Discard dry run"), _("Dry run of an import discarded"))
    actions.register_action("intake.fail", _("Stop import"), _("Import stopped by a fault"))
