from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from membership.actions import load_units


class Command(BaseCommand):
    help = "Loads the map of units: today's communes with their associations, and the old ones with their successors."

    def handle(self, *args: Any, **options: Any) -> None:
        count = load_units(by=None, at=timezone.now())
        self.stdout.write(f"{count} new units.")
