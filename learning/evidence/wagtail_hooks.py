"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "evidence",
    {
        "record": (_("Record evidence"), _("Recorded evidence")),
        "confirm": (_("Confirm evidence"), _("Confirmed having seen the document")),
        "send_checkpoint": (_("Send checkpoint"), _("Sent the latest checkpoint to the province's officers")),
        "refuse": (_("Refuse evidence"), _("Could not confirm the certificate")),
        "withdraw": (_("Withdraw evidence"), _("Took the evidence back")),
        "merge": (_("Merge evidence"), _("Moved evidence onto the person who stays")),
        "bring_in": (_("Bring in evidence"), _("Brought in what was learned elsewhere")),
        "national_code": (_("National record"), _("Gave or took back the code of the national learning record")),
        "erase": (_("Erase evidence"), _("Erased the person's evidence")),
    },
)
