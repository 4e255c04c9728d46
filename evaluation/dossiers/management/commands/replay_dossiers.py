from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.criteria.replay import replayed
from evaluation.dossiers.models import Dossier


class Command(BaseCommand):
    help = "Scores every decided dossier again from what its decision froze, and names those that come out differently."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="of one year alone")

    def handle(self, *args: Any, year: int | None, **options: Any) -> None:
        decided = Dossier.objects.filter(frozen__isnull=False).order_by("pk")
        if year:
            decided = decided.filter(year=year)
        same = erased = 0
        different: list[str] = []
        for pk, frozen in decided.values_list("pk", "frozen").iterator():
            found = replayed(frozen)
            if found is None:
                erased += 1
            elif found.is_faithful:
                same += 1
            else:
                different.append(f"dossier {pk}: {'; '.join(found.differences)}")
        for line in different:
            self.stderr.write(line)
        self.stdout.write(f"{same} dossiers give their figures again, {erased} of erased people, {len(different)} not.")
        if different:
            raise CommandError("Frozen figures do not follow from what was frozen.")
