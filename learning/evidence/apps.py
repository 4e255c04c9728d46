from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "learning.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from learning.evidence.actions import supersede_onto
        from membership.merging import merge_parts

        merge_parts.append(supersede_onto)
