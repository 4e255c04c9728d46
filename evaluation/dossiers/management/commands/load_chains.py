from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from evaluation.dossiers.actions import load_chains
from evaluation.dossiers.actions.opening import SAMPLE_CHAINS


class Command(BaseCommand):
    help = "Loads review chains for the target groups (the sample, or a file of the same form)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=SAMPLE_CHAINS)

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_chains(path=options["path"], by=None, at=timezone.now())
        self.stdout.write(f"{len(loaded)} review chains loaded")
