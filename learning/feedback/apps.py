from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "learning.feedback"
    verbose_name = _("What learners say")

    def ready(self) -> None:
        from learning.feedback import beneath, page_uses, receivers, teaching
        from learning.feedback.actions import move_feedback
        from learning.feedback.export import feedback_part
        from membership.export import export_parts
        from membership.merging import merge_parts

        beneath.connect()
        page_uses.connect()
        receivers.connect()
        teaching.connect()
        merge_parts.append(move_feedback)
        export_parts.append(feedback_part)
