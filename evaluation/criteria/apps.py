from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.sqlite import teach


class CriteriaConfig(AppConfig):
    name = "evaluation.criteria"
    verbose_name = _("Criteria")

    def ready(self) -> None:
        from evaluation.criteria import lacking, receivers
        from evaluation.criteria.actions import follow_objection
        from evaluation.criteria.beginning import IN_FORCE
        from evaluation.criteria.criteria_file import CriteriaFile
        from evaluation.criteria.export import scores_part
        from evaluation.criteria.following import CRITERIA
        from intake.kinds import KINDS
        from membership.export import export_parts
        from membership.registries import following
        from membership.registries.beginning import steps
        from privacy.registries.objections import followers

        KINDS[CriteriaFile.key] = CriteriaFile
        export_parts.append(scores_part)
        followers.append(follow_objection)
        steps.append(IN_FORCE)
        lacking.connect()
        following.followers.append(CRITERIA)
        receivers.connect()
        connection_created.connect(teach, dispatch_uid="criteria.bit_or")
