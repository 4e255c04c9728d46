from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.actions import sweep_figures


class Command(BaseCommand):
    help = "Once a day: deletes copies of pictures and sounds that no version of a question and no dry run names."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep_figures(at=timezone.now())} files deleted.")
