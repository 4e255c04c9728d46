"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("dossiers.load_chain", _("Load review chain"), _("Loaded the review chain"))
    actions.register_action("dossiers.change_chain", _("Change review chain"), _("Changed the bodies from a day on"))
    actions.register_action("dossiers.open", _("Open dossier"), _("Opened the dossier"))
    actions.register_action("dossiers.assist", _("Assist with dossier"), _("Entered on the person's behalf"))
    actions.register_action("dossiers.submit", _("Submit dossier"), _("Submitted the dossier"))
    actions.register_action("dossiers.review", _("Review score"), _("Gave a reviewed score"))
    actions.register_action("dossiers.accept", _("Agree with own scores"), _("Agreed with the person's own scores"))
    actions.register_action("dossiers.forward", _("Forward dossier"), _("Forwarded the dossier"))
    actions.register_action("dossiers.return", _("Return dossier"), _("Returned the dossier"))
    actions.register_action("dossiers.decide", _("Decide on dossier"), _("Decided on the dossier"))
    actions.register_action("dossiers.confirm", _("Confirm assisted dossier"), _("Confirmed what was entered"))
    actions.register_action("dossiers.refused", _("Refuse an action"), _("Was refused an action"))
    actions.register_action("dossiers.set_deadline", _("Set deadline"), _("Set the last day for handing in"))
    actions.register_action("dossiers.call_meeting", _("Call meeting"), _("Called a meeting on dossiers"))
    actions.register_action("dossiers.close_meeting", _("Close minutes"), _("Closed the minutes of a meeting"))
    actions.register_action("dossiers.look_again", _("Look again"), _("Looked at evidence that came later"))
    actions.register_action("dossiers.stale", _("Mark as stale"), _("Evidence came after a body signed off"))
    actions.register_action("dossiers.appeal", _("Appeal"), _("Appealed against the decision"))
    actions.register_action("dossiers.answer_appeal", _("Answer appeal"), _("Answered the appeal"))
    actions.register_action("dossiers.draw_sample", _("Draw sample"), _("Drew a sample for inspection"))
    actions.register_action("dossiers.inspect", _("Inspect dossier"), _("Noted the finding of an inspection"))
    actions.register_action("dossiers.appoint_stand_in", _("Appoint stand-in"), _("Appointed a stand-in"))
    actions.register_action("dossiers.set_aside", _("Set dossier aside"), _("Set aside a second dossier of the year"))
