from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "evaluation.recognition"
    verbose_name = _("Recognition")

    def ready(self) -> None:
        from evaluation.recognition import receivers
        from evaluation.recognition.actions import move_group_members, move_titles
        from membership.merging import merge_parts

        merge_parts.extend([move_titles, move_group_members])
        receivers.connect()
