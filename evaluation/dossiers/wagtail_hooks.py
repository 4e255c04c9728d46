"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("dossiers.load_chain", _("Load review chain"), _("Loaded the review chain"))
    actions.register_action("dossiers.open", _("Open dossier"), _("Opened the dossier"))
    actions.register_action("dossiers.assist", _("Assist with dossier"), _("Entered on the person's behalf"))
    actions.register_action("dossiers.submit", _("Submit dossier"), _("Submitted the dossier"))
    actions.register_action("dossiers.review", _("Review score"), _("Gave a reviewed score"))
    actions.register_action("dossiers.accept", _("Agree with own scores"), _("Agreed with the person's own scores"))
    actions.register_action("dossiers.forward", _("Forward dossier"), _("Forwarded the dossier"))
    actions.register_action("dossiers.return", _("Return dossier"), _("Returned the dossier"))
    actions.register_action("dossiers.decide", _("Decide on dossier"), _("Decided on the dossier"))
