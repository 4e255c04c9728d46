from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "evaluation.registrations"
    verbose_name = _("Registrations")

    def ready(self) -> None:
        from evaluation.registrations import receivers
        from evaluation.registrations.actions import move_registrations
        from evaluation.registrations.export import registrations_part
        from evaluation.registrations.occupancy import REGISTRATIONS, ever
        from evaluation.registrations.registered_sheet import RegisteredSheet
        from intake.kinds import KINDS
        from membership.export import export_parts
        from membership.merging import merge_parts
        from membership.registries import following, occupancy

        KINDS[RegisteredSheet.key] = RegisteredSheet
        receivers.connect()
        following.followers.append(REGISTRATIONS)
        occupancy.against_leaving.append(ever)
        merge_parts.append(move_registrations)
        export_parts.append(registrations_part)
