import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from evaluation.criteria.actions import begin_scoring, continue_scoring
from evaluation.criteria.actions.scoring import BATCH
from evaluation.criteria.models import ScoringRun


class Command(BaseCommand):
    help = "Writes what evidence suggests for everyone in a year. After a stop, run it again: it goes on from there."
    requires_system_checks = ()  # they take a second in which 70,000 people are scored; `check` and `migrate` run them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="this year unless given")
        parser.add_argument("--parts", type=int, default=0, help="ranges of people scored side by side")
        parser.add_argument("--batch", type=int, default=BATCH, help="people in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        year = options["year"] or today.year
        day = min(today, datetime.date(year, 12, 31))
        parts = options["parts"] or (2 if connection.vendor == "postgresql" else 1)
        runs = begin_scoring(year=year, day=day, parts=parts, at=timezone.now())
        started = time.monotonic()
        with ThreadPoolExecutor(max_workers=max(len(runs), 1)) as pool:
            finished = list(pool.map(lambda run: self._continue(run, options["batch"]), runs))
        seconds = time.monotonic() - started
        rows = sum(run.rows for run in finished)
        self.stdout.write(f"{year}: {rows} people's suggested scores changed in {seconds:.1f} s")

    def _continue(self, run: ScoringRun, batch: int) -> ScoringRun:
        try:
            return continue_scoring(run=run, clock=timezone.now, batch=batch, tell=self._tell)
        finally:
            if connection.vendor == "postgresql":
                connection.close()

    def _tell(self, run: ScoringRun) -> None:
        done = (run.reached - run.first + 1) * 100 // (run.last - run.first + 1)
        self.stdout.write(f"part {run.part}: {done} % of the people, {run.rows} rows written", ending="\n")
        self.stdout.flush()
