"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "notices",
    {
        "write": (_("Write to a group"), _("Wrote a letter to a group")),
    },
)
