"""Forgets what was searched in vain long ago or by hardly anybody. For each day's schedule; twice does no harm."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.actions import forget_missed


class Command(BaseCommand):
    help = "Forget counts of searches in vain that are over a year old, or a month old and below the threshold."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = forget_missed(at=timezone.now())
        if options["verbosity"]:
            self.stdout.write(f"{gone} rows forgotten.")
