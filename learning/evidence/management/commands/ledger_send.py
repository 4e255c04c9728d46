from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.evidence.actions import send_checkpoint


class Command(BaseCommand):
    help = "Once a day: mails the latest checkpoint of the ledger to the officers of the province."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sent to {send_checkpoint(at=timezone.now())} officers.")
