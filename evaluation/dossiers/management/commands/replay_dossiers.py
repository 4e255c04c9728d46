from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.criteria.replay import Replay, replayed
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.reviewed import foreign_figures_of
from evaluation.dossiers.seals import DOSSIER
from learning.evidence.ledger.rows import not_as_sealed

_CHUNK = 500


class Command(BaseCommand):
    help = (
        "Scores every decided dossier again from what its decision froze, compares it with what was sealed and with "
        "what bodies gave, and names those that come out differently."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="of one year alone")

    def handle(self, *args: Any, year: int | None, **options: Any) -> None:
        decided = Dossier.objects.filter(frozen__isnull=False).order_by("pk")
        if year:
            decided = decided.filter(year=year)
        same = erased = different = last = 0
        while chunk := dict(decided.filter(pk__gt=last).values_list("pk", "frozen")[:_CHUNK]):
            found = {pk: replayed(frozen) for pk, frozen in chunk.items()}
            wrong = _differences(found)
            for pk, said in sorted(wrong.items()):
                self.stderr.write(f"dossier {pk}: {'; '.join(said)}")
            erased += sum(replay is None and pk not in wrong for pk, replay in found.items())
            same += sum(replay is not None and pk not in wrong for pk, replay in found.items())
            different, last = different + len(wrong), max(chunk)
        self.stdout.write(f"{same} dossiers give their figures again, {erased} of erased people, {different} not.")
        if different:
            raise CommandError("Frozen figures do not follow from what was frozen, sealed or given.")


def _differences(found: dict[int, Replay | None]) -> dict[int, list[str]]:
    """By dossier: what does not come out again, what is not as it was sealed, what no body gave."""
    wrong = {pk: list(replay.differences) for pk, replay in found.items() if replay and not replay.is_faithful}
    for pk, said in [*not_as_sealed(DOSSIER.key, list(found)).items(), *foreign_figures_of(list(found))]:
        wrong.setdefault(pk, []).append(said)
    return wrong
