from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "evaluation.dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        from evaluation.dossiers import receivers  # noqa: F401 (connects them)
        from evaluation.dossiers.actions.evidence import suggest_by_will
        from evaluation.dossiers.actions.people import move_dossiers
        from evaluation.dossiers.beginning import DEADLINES
        from evaluation.dossiers.dated import answers, last_days, meetings
        from evaluation.dossiers.export import dossiers_part
        from evaluation.dossiers.following import FOLLOWERS
        from evaluation.dossiers.models import Dossier
        from evaluation.dossiers.occupancy import ever, under_way
        from evaluation.dossiers.reviewed import foreign_figures
        from evaluation.dossiers.seals import CHANGE, DOSSIER, LINK, REVIEW, foreign_words
        from evaluation.dossiers.worth import credits_of
        from learning.evidence.registries import worth
        from learning.evidence.registries.seals import comparisons, seal_kind
        from membership.export import export_parts
        from membership.merging import holdings, merge_parts
        from membership.registries import following, occupancy
        from membership.registries.beginning import steps
        from notices.registries.dated import sources
        from privacy.registries.objections import followers

        sources += [last_days, meetings, answers]
        for kind in (REVIEW, CHANGE, DOSSIER, LINK):
            seal_kind(kind)
        comparisons.extend([foreign_figures, foreign_words])
        worth.sources.append(credits_of)
        merge_parts.append(move_dossiers)
        followers.append(suggest_by_will)
        export_parts.append(dossiers_part)
        steps.append(DEADLINES)
        following.followers.extend(FOLLOWERS)
        occupancy.against_closing.append(under_way)
        occupancy.against_leaving.append(ever)
        holdings[_("Dossiers")] = lambda person: Dossier.objects.counting().filter(person=person).count()
