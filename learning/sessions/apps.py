from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "learning.sessions"
    label = "learning_sessions"  # "sessions" is Django's own
    verbose_name = _("Learning sessions")

    def ready(self) -> None:
        from badges.kinds import kinds
        from intake.kinds import KINDS
        from learning.evidence.registries import gatherings
        from learning.sessions import called, groups, receivers
        from learning.sessions.actions import move_certificates, move_invitations, move_replies
        from learning.sessions.attendance_sheet import AttendanceSheet
        from learning.sessions.calendars import sessions_of
        from learning.sessions.certificate import SESSIONS as ATTENDED
        from learning.sessions.export import sessions_part
        from learning.sessions.occupancy import SESSIONS, sessions_to_come
        from learning.sessions.rollup import held_in
        from learning.sessions.upcoming import gatherings_for
        from membership.export import export_parts
        from membership.merging import merge_parts
        from membership.registries import following, occupancy
        from notices.registries.dated import sources

        kinds.append(ATTENDED.kind)
        KINDS[AttendanceSheet.key] = AttendanceSheet
        following.followers.append(SESSIONS)
        occupancy.against_closing.append(sessions_to_come)
        export_parts.append(sessions_part)
        merge_parts += [move_replies, move_invitations, move_certificates]
        called.connect()
        groups.connect()
        receivers.connect()
        sources.append(sessions_of)
        gatherings.sources.append(gatherings_for)
        gatherings.holders.append(held_in)
