from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.sqlite import teach


class CriteriaConfig(AppConfig):
    name = "evaluation.criteria"
    verbose_name = _("Criteria")

    def ready(self) -> None:
        connection_created.connect(teach, dispatch_uid="criteria.bit_or")
