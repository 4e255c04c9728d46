from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from evaluation.reporting.actions import FIRST_YEAR, count_year, follow_changes
from evaluation.reporting.figures import cutoff, topics_of
from evaluation.reporting.models import CountedYear


class Command(BaseCommand):
    help = "Takes up what has changed in the figures' kept counts; run it every few minutes. Counts new years in full."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="count every year in full")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        years = range(FIRST_YEAR, today.year + 1)
        days = {year: cutoff(year, today).day for year in years}
        topics = {year: topics_of(year, days[year]) for year in years}
        people = follow_changes(days=days, topics=topics)
        kept = set() if options["anew"] else set(CountedYear.objects.values_list("year", flat=True))
        for year in set(years) - kept:
            count_year(year=year, day=days[year], topics=topics[year])
        self.stdout.write(f"changes of {people} people taken up")
