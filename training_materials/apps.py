from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image


class TrainingMaterialsConfig(AppConfig):
    name = "training_materials"
    verbose_name = _("Training materials")

    def ready(self) -> None:
        from training_materials import notices, receivers

        receivers.connect()
        notices.connect()
        # What has twice as many pixels Pillow refuses by what its first bytes say; Wagtail decodes it to count them.
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
