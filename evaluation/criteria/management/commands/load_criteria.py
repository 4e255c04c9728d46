from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from evaluation.criteria.actions import SAMPLE, load_sample


class Command(BaseCommand):
    help = "Loads a criteria set for the four target groups (the sample, or a file of the same form)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=SAMPLE)

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_sample(path=options["path"], by=None, at=timezone.now())
        self.stdout.write(f"{len(loaded)} criteria sets loaded")
