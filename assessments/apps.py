from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import dependants, placement, receivers
        from assessments.export import attempts_part
        from membership.export import export_parts

        export_parts.append(attempts_part)
        dependants.connect()
        placement.connect()
        receivers.connect()
