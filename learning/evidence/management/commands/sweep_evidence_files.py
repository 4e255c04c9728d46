from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.evidence.actions import sweep_files


class Command(BaseCommand):
    help = "Once a day: deletes stored evidence files that no entry names, left by a process that died on the way."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep_files(at=timezone.now())} files deleted.")
