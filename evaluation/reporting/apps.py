from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from evaluation.reporting import triggers


class ReportingConfig(AppConfig):
    name = "evaluation.reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        from evaluation.reporting import trained
        from evaluation.reporting.actions import forget_units
        from evaluation.reporting.dated import last_days
        from evaluation.reporting.figures import offered_training
        from learning.evidence.registries import training
        from membership.registries import following
        from notices.registries.dated import sources

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="reporting.triggers")
        following.forgetting.append(forget_units)
        trained.connect()
        training.offers.append(offered_training)
        sources.append(last_days)
