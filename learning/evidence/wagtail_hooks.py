"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("evidence.record", _("Record evidence"), _("Recorded evidence"))
    actions.register_action("evidence.confirm", _("Confirm evidence"), _("Confirmed having seen the document"))
    actions.register_action("evidence.hold_session", _("Hold session"), _("Announced a session"))
    actions.register_action("evidence.note_attendance", _("Note attendance"), _("Noted who was there"))
    actions.register_action(
        "evidence.send_checkpoint", _("Send checkpoint"), _("Sent the latest checkpoint to the province's officers")
    )
    actions.register_action("evidence.refuse", _("Refuse evidence"), _("Could not confirm the certificate"))
    actions.register_action("evidence.withdraw", _("Withdraw evidence"), _("Took the evidence back"))
    actions.register_action("evidence.merge", _("Merge evidence"), _("Moved evidence onto the person who stays"))
    actions.register_action("evidence.erase", _("Erase evidence"), _("Erased the person's evidence"))
