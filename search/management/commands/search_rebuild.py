"""Build the search's index anew, beside the one that goes on answering."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch.helpers import BulkIndexError

from search.actions import rebuild
from search.contract import EngineAway
from search.models import FileText
from search.tasks import read_file

_WIDTH = 40


class Command(BaseCommand):
    help = "Build the index of the search anew, without a pause: the old one answers until the new one is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-documents",
            action="store_true",
            help="Do not read pages and files again, only build the index from the documents as they are kept.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            count = rebuild(progress=self._show, from_sources=not options["from_documents"])
        except (EngineAway, BulkIndexError) as error:
            raise CommandError(
                f"The database's index is built anew; Elasticsearch did not take it: {error}."
            ) from error
        for file_id in FileText.objects.filter(state=FileText.State.WAITING).values_list("pk", flat=True):
            read_file.enqueue(file_id)
        seconds = time.monotonic() - began
        if options["verbosity"]:
            self.stdout.write(f"{count} documents in {seconds:.1f} s.")

    def _show(self, done: int, total: int) -> None:
        """A bar on a terminal, nothing in a log."""
        if sys.stderr.isatty():
            filled = _WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            self.stderr.write(f"\r{bar} {done}/{total}", ending="\n" if done >= total else "")
