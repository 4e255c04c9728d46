"""The criteria in Wagtail's admin, and the names of their log entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from evaluation.criteria.administration.permissions import CriteriaPermissionPolicy
from evaluation.criteria.administration.viewsets import CriteriaGroup
from evaluation.criteria.models import Competency, CriteriaSet, EvidenceRule, Indicator

for model in (CriteriaSet, Competency, Indicator, EvidenceRule):
    register_permission_policy(model, CriteriaPermissionPolicy(model))


@hooks.register("register_admin_viewset")
def register_criteria() -> CriteriaGroup:
    return CriteriaGroup()


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("criteria.save", _("Edit draft criteria"), _("Edited the draft"))
    actions.register_action("criteria.remove", _("Remove draft criteria"), _("Removed from the draft"))
    actions.register_action("criteria.draft", _("Draft criteria"), _("Made a draft from an earlier version"))
    actions.register_action("criteria.preview", _("Try out draft criteria"), _("Asked who would change"))
    actions.register_action("criteria.import", _("Import criteria"), _("Made a draft from a file"))
    actions.register_action("criteria.put_in_force", _("Put criteria in force"), _("Put in force"))
    actions.register_action("criteria.supersede", _("Supersede criteria"), _("Superseded"))
