"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "recognition",
    {
        "draft_decision": (_("Draft decision"), _("Put dossiers on a list")),
        "remove_line": (_("Remove from list"), _("Took a dossier off a list")),
        "issue": (_("Issue decision"), _("Issued the decision")),
        "hand_in": (_("Hand in signed copy"), _("Handed in the signed copy of the decision")),
        "confirm": (_("Confirm signed copy"), _("Confirmed the signed copy; the decision took effect")),
        "refuse_copy": (_("Refuse signed copy"), _("Refused the signed copy of the decision")),
        "withdraw": (_("Withdraw decision"), _("Withdrew the issued decision")),
        "order_certificates": (_("Print certificates"), _("Had all certificates drawn in one file")),
        "open_grouping": (_("Open group"), _("Opened a group that learns")),
        "close_grouping": (_("Close group"), _("Closed a group that learns")),
        "add_members": (_("Add members"), _("Added members to a group that learns")),
        "end_member": (_("End membership"), _("Took a member out of a group")),
        "set_rule": (_("Set rule"), _("Set what groups must reach")),
        "enter_earlier": (_("Enter titles of an earlier year"), _("Entered titles of an earlier year")),
        "revoke": (_("Revoke title"), _("Revoked the title")),
    },
)
