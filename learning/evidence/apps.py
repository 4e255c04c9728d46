from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "learning.evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from intake.kinds import KINDS
        from learning.evidence import receivers
        from learning.evidence.actions import seal_merge, supersede_onto
        from learning.evidence.export import evidence_files, evidence_part
        from learning.evidence.models import Evidence
        from learning.evidence.passport.file import PassportFile
        from learning.evidence.registries.seals import comparisons, seal_kind
        from learning.evidence.seals import DECREE, MERGE, ORDER, UNIT, altered_units, lost_successions
        from membership.export import export_parts, file_parts
        from membership.merging import holdings, merge_parts

        KINDS[PassportFile.key] = PassportFile
        for kind in (MERGE, ORDER, DECREE, UNIT):
            seal_kind(kind)
        comparisons.extend([lost_successions, altered_units])
        merge_parts.extend([supersede_onto, seal_merge])
        export_parts.append(evidence_part)
        file_parts.append(evidence_files)
        receivers.connect()
        holdings[_("Evidence")] = lambda person: Evidence.objects.filter(person=person).standing().count()
