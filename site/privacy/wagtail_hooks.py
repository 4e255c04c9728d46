"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "privacy",
    {
        "file": (_("File a request about data"), _("Filed a request about personal data")),
        "add": (_("Add to request about data"), _("Added to a request about personal data")),
        "acknowledge": (_("Acknowledge request about data"), _("Acknowledged a request about personal data")),
        "grant": (_("Grant request about data"), _("Granted a request about personal data")),
        "refuse": (_("Refuse request about data"), _("Refused a request about personal data")),
        "lift": (_("Lift a limit on data"), _("Lifted a restriction or an objection")),
        "record_breach": (_("Enter a breach"), _("Entered a breach of personal data")),
        "amend_breach": (_("Change the entry of a breach"), _("Changed the entry of a breach")),
        "tell_of_breach": (_("Tell of a breach"), _("Noted who was told of a breach")),
        "close_breach": (_("Close a breach"), _("Closed a breach")),
        "set_term": (_("Change days of the law"), _("Changed the days of the law")),
        "set_days": (_("Change days of keeping"), _("Changed how many days are kept")),
        "confirm_clearing": (_("Clear every night"), _("Had what is due cleared every night")),
        "unconfirm_clearing": (_("Stop clearing every night"), _("Stopped clearing every night")),
        "clear": (_("Clear what is due"), _("Cleared what was due")),
        "set_holiday": (_("Enter public holiday"), _("Entered a public holiday")),
        "remove_holiday": (_("Remove public holiday"), _("Removed a public holiday")),
    },
)
