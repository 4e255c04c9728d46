from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.evidence.ledger.inspection import inspect_ledger
from learning.evidence.ledger.verifier import NotProvenError, SignedCheckpoint, read_key


class Command(BaseCommand):
    help = "Looks through the whole ledger and names what is wrong, and where. Fails if anything is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--against", action="append", default=[], metavar="FILE", help="a checkpoint kept elsewhere"
        )
        parser.add_argument("--key", action="append", default=[], metavar="FILE", help="a public key that you trust")

    def handle(self, *args: Any, against: list[str], key: list[str], **options: Any) -> None:
        try:
            kept = [SignedCheckpoint.parse(Path(name).read_text(encoding="utf-8")) for name in against]
            trusted = [read_key(Path(name).read_text(encoding="utf-8")) for name in key]
        except (OSError, ValueError, NotProvenError) as unreadable:
            raise CommandError(f"Not readable: {unreadable}") from unreadable
        findings = inspect_ledger(kept=kept, trusted=trusted)
        if findings.unbegun:
            self.stdout.write(f"Not sealed yet, for the worker has not begun with them: {', '.join(findings.unbegun)}.")
        for fault in findings.faults:
            self.stderr.write(str(fault))
        self.stdout.write(
            f"{findings.entries} entries under {findings.checkpoints} checkpoints, {findings.erased} of them erased, "
            f"{findings.later} sealed later than they were written, {findings.waiting} waiting, "
            f"{len(findings.faults)} faults."
        )
        if findings.faults:
            raise CommandError("The ledger does not verify.")
