from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackingConfig(AppConfig):
    name = "learning.tracking"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from badges.kinds import kinds
        from learning.tracking import groups, receivers, teaching
        from learning.tracking.actions import move_enrolments, move_own
        from learning.tracking.certificates.words import COURSES
        from learning.tracking.courses import page_uses, pages
        from learning.tracking.export import records_part
        from learning.tracking.models import Enrolment
        from membership.export import export_parts
        from membership.merging import holdings, merge_parts

        kinds.append(COURSES.kind)
        groups.connect()
        pages.connect()
        page_uses.connect()
        receivers.connect()
        teaching.connect()
        merge_parts += [move_enrolments, move_own]
        export_parts.append(records_part)
        holdings[_("Courses")] = lambda person: Enrolment.objects.filter(person=person).count()
