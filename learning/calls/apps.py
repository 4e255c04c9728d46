from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "learning.calls"
    verbose_name = _("Calls to learn")

    def ready(self) -> None:
        from intake.kinds import KINDS
        from learning.calls import courses, groups, receivers
        from learning.calls.actions import move_calls
        from learning.calls.called_sheet import CalledSheet
        from learning.calls.dated import last_days
        from learning.calls.export import calls_part
        from learning.calls.occupancy import CALLS, calls_under_way
        from learning.calls.tables import ONTO
        from membership.export import export_parts
        from membership.merging import merge_parts
        from membership.registries import following, occupancy
        from membership.registries.people import row_actions
        from notices.registries.dated import sources

        KINDS[CalledSheet.key] = CalledSheet
        row_actions.append(ONTO)
        sources.append(last_days)
        courses.connect()
        groups.connect()
        receivers.connect()
        following.followers.append(CALLS)
        occupancy.against_closing.append(calls_under_way)
        merge_parts.append(move_calls)
        export_parts.append(calls_part)
