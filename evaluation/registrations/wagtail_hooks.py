"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "registrations",
    {
        "register": (_("Register to strive"), _("Registered to strive for the title")),
        "note": (_("Note registrations"), _("Noted that people strive for the title")),
        "take_back": (_("Take registration back"), _("Took a registration back")),
        "print_list": (_("Print list for registering"), _("Printed a list for registering")),
    },
)
