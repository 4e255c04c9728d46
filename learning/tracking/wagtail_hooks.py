"""The list of xAPI credentials in the settings menu, and the names of the audit log's entries."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from interface.office import name_entries
from learning.tracking.administration.credentials import CredentialViewSet
from learning.tracking.forms import no_pass_mark
from learning.tracking.models import ActivityPage


@hooks.register("register_admin_viewset")
def register_credentials() -> CredentialViewSet:
    return CredentialViewSet()


@hooks.register("before_edit_page")
def warn_of_a_mark_that_nobody_can_reach(request: HttpRequest, page: Page) -> None:
    """The content may have been renewed since, or the mark was set when forms still took it."""
    activity = page.specific
    if request.method == "GET" and isinstance(activity, ActivityPage) and activity.has_unreachable_mark:
        messages.warning(request, no_pass_mark())


name_entries(
    "tracking",
    {
        "enrol": (_("Enrol"), _("Enrolled")),
        "merge": (_("Move enrolment"), _("Moved the enrolment onto the person who stays")),
        "make_credential": (_("Make credential"), _("Made an xAPI credential")),
        "revoke_credential": (_("Revoke credential"), _("Revoked an xAPI credential")),
    },
)
