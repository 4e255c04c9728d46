"""The list of xAPI credentials in the settings menu, and the names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from learning.tracking.administration.credentials import CredentialViewSet


@hooks.register("register_admin_viewset")
def register_credentials() -> CredentialViewSet:
    return CredentialViewSet()


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("tracking.enrol", _("Enrol"), _("Enrolled"))
    actions.register_action("tracking.merge", _("Move enrolment"), _("Moved the enrolment onto the person who stays"))
    actions.register_action("tracking.make_credential", _("Make credential"), _("Made an xAPI credential"))
    actions.register_action("tracking.revoke_credential", _("Revoke credential"), _("Revoked an xAPI credential"))
