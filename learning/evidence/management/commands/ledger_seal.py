import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from learning.evidence.actions import seal


class Command(BaseCommand):
    help = "Seals the evidence that waits, under signed checkpoints. The task worker does this by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on sealing, with this pause between")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        while True:
            for checkpoint in seal(at=timezone.now()):
                self.stdout.write(f"Checkpoint {checkpoint.number}: {checkpoint.size} entries, root {checkpoint.root}")
            if every is None:
                return
            time.sleep(every)
