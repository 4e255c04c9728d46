"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "movement",
    {
        "file": (_("Send proposal"), _("Sent a proposal or difficulty")),
        "answer": (_("Answer proposal"), _("Answered a proposal or difficulty")),
        "send_on": (_("Send proposal on"), _("Sent a proposal or difficulty on")),
        "join": (_("Join proposals"), _("Joined a proposal or difficulty to a like one")),
        "part": (_("Take proposals apart"), _("Took a proposal or difficulty apart from a like one")),
        "publish": (_("Publish proposal"), _("Published a proposal or difficulty with its answer")),
        "hide": (_("Publish proposal no longer"), _("Took the publication of a proposal or difficulty back")),
        "withdraw": (_("Take proposal back"), _("Took a proposal or difficulty back")),
    },
)
