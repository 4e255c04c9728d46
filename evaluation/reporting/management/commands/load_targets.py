"""Loads the plan's targets; again, it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evaluation.reporting.actions import load_targets


class Command(BaseCommand):
    help = "Loads the plan's targets; again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        targets = load_targets(by=None, at=timezone.now())
        self.stdout.write(f"{len(targets)} targets")
