"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "dossiers",
    {
        "load_chain": (_("Load review chain"), _("Loaded the review chain")),
        "change_chain": (_("Change review chain"), _("Changed the bodies from a day on")),
        "open": (_("Open dossier"), _("Opened the dossier")),
        "assist": (_("Assist with dossier"), _("Entered on the person's behalf")),
        "submit": (_("Submit dossier"), _("Submitted the dossier")),
        "withdraw": (_("Take dossier back"), _("Took back what was handed in")),
        "review": (_("Review score"), _("Gave a reviewed score")),
        "take_back": (_("Take score back"), _("Took a reviewed score back")),
        "accept": (_("Agree with own scores"), _("Agreed with the person's own scores")),
        "forward": (_("Forward dossier"), _("Forwarded the dossier")),
        "follow": (_("Take dossier along"), _("Took the dossier along with its person, who moved")),
        "return": (_("Return dossier"), _("Returned the dossier")),
        "decide": (_("Decide on dossier"), _("Decided on the dossier")),
        "not_propose": (_("Record as not proposed"), _("Recorded as not proposed after the meeting's vote")),
        "confirm": (_("Confirm assisted dossier"), _("Confirmed what was entered")),
        "refused": (_("Refuse an action"), _("Was refused an action")),
        "set_deadline": (_("Set deadline"), _("Set the last day for handing in")),
        "call_meeting": (_("Call meeting"), _("Called a meeting on dossiers")),
        "close_meeting": (_("Close minutes"), _("Closed the minutes of a meeting")),
        "freeze_list": (_("Freeze list for a link"), _("Froze the list of a body for a link")),
        "revoke_link": (_("Revoke link"), _("Revoked the link of a body")),
        "answer_list": (_("Answer by link"), _("Answered the list of a body by link")),
        "take_over_answers": (_("Take over answers"), _("Took over what a body answered by link")),
        "look_again": (_("Look again"), _("Looked at evidence that came later")),
        "stale": (_("Mark as stale"), _("Evidence came after a body signed off")),
        "appeal": (_("Appeal"), _("Appealed against the decision")),
        "answer_appeal": (_("Answer appeal"), _("Answered the appeal")),
        "draw_sample": (_("Draw sample"), _("Drew a sample for inspection")),
        "inspect": (_("Inspect dossier"), _("Noted the finding of an inspection")),
        "weigh_doubts": (_("Answer doubts"), _("Answered what an inspection doubted")),
        "ask_unit": (_("Ask after a finding"), _("Asked the unit something after a finding")),
        "answer_finding": (_("Answer finding"), _("Answered for the unit what an inspection asked")),
        "close_finding": (_("Close finding"), _("Closed what an inspection had asked")),
        "escalate_finding": (_("Take finding above"), _("Took a finding to the body above")),
        "open_finding_file": (_("Open paper of a finding"), _("Opened a paper that a unit handed in with its answer")),
        "appoint_stand_in": (_("Appoint stand-in"), _("Appointed a stand-in")),
        "set_aside": (_("Set dossier aside"), _("Set aside a second dossier of the year")),
    },
)
