from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "evaluation.recognition"
    verbose_name = _("Recognition")

    def ready(self) -> None:
        from badges.kinds import kinds
        from evaluation.dossiers.chosen import row_actions
        from evaluation.dossiers.registries import kin
        from evaluation.recognition import receivers
        from evaluation.recognition.actions import move_group_members, move_titles
        from evaluation.recognition.credentials import TITLES, of_record
        from evaluation.recognition.drafting import put_all_on_decision, put_on_decision
        from evaluation.recognition.earlier_titles import EarlierTitles
        from evaluation.recognition.export import titles_part
        from evaluation.recognition.kin import family_of
        from evaluation.recognition.models import Title
        from evaluation.recognition.occupancy import GROUPS, groups_there
        from evaluation.recognition.seals import DECISION, TITLE
        from evaluation.recognition.trust import check_trust
        from intake.kinds import KINDS
        from learning.evidence.registries import credentials
        from learning.evidence.registries.seals import seal_kind
        from membership.export import export_parts
        from membership.merging import holdings, merge_parts
        from membership.registries import following, occupancy

        KINDS[EarlierTitles.key] = EarlierTitles
        kinds.append(TITLES)
        credentials.sources.append(of_record)
        row_actions += [put_on_decision, put_all_on_decision]
        kin.sources.append(family_of)
        seal_kind(DECISION)
        seal_kind(TITLE)
        export_parts.append(titles_part)
        following.followers.append(GROUPS)
        occupancy.against_closing.append(groups_there)
        merge_parts.extend([move_titles, move_group_members])
        receivers.connect()
        register(check_trust, deploy=True)
        holdings[_("Titles")] = lambda person: Title.objects.filter(person=person).count()
