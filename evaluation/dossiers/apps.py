from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from membership.merging import merge_parts


class DossiersConfig(AppConfig):
    name = "evaluation.dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        import_module("evaluation.dossiers.receivers")
        merging = import_module("evaluation.dossiers.actions.merging")
        merge_parts.append(merging.move_dossiers)
