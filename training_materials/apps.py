from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingMaterialsConfig(AppConfig):
    name = "training_materials"
    verbose_name = _("Training materials")

    def ready(self) -> None:
        from training_materials import receivers

        receivers.connect()
