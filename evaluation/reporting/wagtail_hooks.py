"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "reporting",
    {
        "see_names": (_("Looked at names"), _("Looked at who has been trained")),
        "load_target": (_("Load target"), _("Loaded a target of the plan")),
        "enter_denominator": (_("Enter figure"), _("Entered a figure")),
        "freeze_report": (_("Freeze report"), _("Froze a version of the report")),
        "send_report": (_("Send report"), _("Noted a sending of the report")),
    },
)
