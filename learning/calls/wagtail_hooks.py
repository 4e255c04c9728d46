"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "calls",
    {
        "prepare": (_("Prepare call"), _("Prepared a call to learn")),
        "draft": (_("Change draft"), _("Changed the draft of a call")),
        "called": (_("Call"), _("Called people to learn")),
        "changed": (_("Change call"), _("Changed a call to learn")),
        "cancelled": (_("Cancel call"), _("Cancelled a call to learn")),
        "put_on": (_("Add to call"), _("Added people to a call")),
        "leave_out": (_("Take off call"), _("Took a person off a call")),
        "appoint": (_("Give class"), _("Gave a class to a teacher, or took it back")),
        "extend": (_("Extend"), _("Gave a person longer")),
    },
)
