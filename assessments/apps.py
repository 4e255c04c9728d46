from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import called, receivers, teaching
        from assessments.actions.importing import QuestionFile
        from assessments.actions.sweeping import move_extra_time
        from assessments.export import attempts_part
        from intake.kinds import KINDS
        from interface import page_parts
        from learning.tracking.registries import days
        from membership.export import export_parts
        from membership.merging import merge_parts

        page_parts.templates_for_members.append("assessments/includes/leaving.html")
        page_parts.scripts_for_members.append("assessments/device.js")
        KINDS[QuestionFile.key] = QuestionFile
        export_parts.append(attempts_part)
        merge_parts.append(move_extra_time)
        for column in ("started_at", "finished_at"):
            days.register(days.Moment("assessments.Attempt", "enrolment__person", column))
        called.connect()
        receivers.connect()
        teaching.connect()
