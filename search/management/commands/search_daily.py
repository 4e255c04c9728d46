"""The search's day: what is more popular or has opened is read anew, old counts of searches in vain are forgotten.

For each day's schedule; twice does no harm.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.actions import forget_missed, note_the_day
from search.indexing.following import follow_soon


class Command(BaseCommand):
    help = (
        "Count anew what is popular, read practice that has opened, and forget searches in vain that are over a year "
        "old, or a month old and below the threshold."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        noted = note_the_day(at=now)
        gone = forget_missed(at=now)
        follow_soon()
        if options["verbosity"]:
            self.stdout.write(f"{noted} places of the page tree are read anew, {gone} rows forgotten.")
