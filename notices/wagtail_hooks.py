"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "notices",
    {
        "write": (_("Write to a group"), _("Wrote a letter to a group")),
        "told_by_mouth": (_("Told by word of mouth"), _("Told people by word of mouth")),
        "print_list": (_("Print whom to tell"), _("Printed the list of whom to tell by word of mouth")),
    },
)
