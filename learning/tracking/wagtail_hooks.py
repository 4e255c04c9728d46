"""The list of xAPI credentials in the settings menu, and the names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from interface.office import name_entries
from learning.tracking.administration.credentials import CredentialViewSet


@hooks.register("register_admin_viewset")
def register_credentials() -> CredentialViewSet:
    return CredentialViewSet()


name_entries(
    "tracking",
    {
        "enrol": (_("Enrol"), _("Enrolled")),
        "merge": (_("Move enrolment"), _("Moved the enrolment onto the person who stays")),
        "make_credential": (_("Make credential"), _("Made an xAPI credential")),
        "revoke_credential": (_("Revoke credential"), _("Revoked an xAPI credential")),
    },
)
