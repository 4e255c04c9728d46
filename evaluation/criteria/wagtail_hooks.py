"""The criteria in Wagtail's admin, and the names of their log entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from evaluation.criteria.administration.viewsets import CriteriaGroup, CriteriaPermissionPolicy
from evaluation.criteria.models import Anchor, Competency, CriteriaSet, EvidenceRule, Indicator
from interface.office import name_entries

for model in (CriteriaSet, Competency, Indicator, EvidenceRule, Anchor):
    register_permission_policy(model, CriteriaPermissionPolicy(model))


@hooks.register("register_admin_viewset")
def register_criteria() -> CriteriaGroup:
    return CriteriaGroup()


name_entries(
    "criteria",
    {
        "save": (_("Edit draft criteria"), _("Edited the draft")),
        "remove": (_("Remove draft criteria"), _("Removed from the draft")),
        "draft": (_("Draft criteria"), _("Made a draft from an earlier version")),
        "preview": (_("Try out draft criteria"), _("Asked who would change")),
        "import": (_("Import criteria"), _("Made a draft from a file")),
        "put_in_force": (_("Put criteria in force"), _("Put in force")),
        "supersede": (_("Supersede criteria"), _("Superseded")),
    },
)
