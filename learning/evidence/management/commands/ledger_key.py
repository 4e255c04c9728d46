from typing import Any

from django.core.management.base import BaseCommand

from learning.evidence.ledger.log import new_key


class Command(BaseCommand):
    help = "Makes a new pair of keys for the ledger and prints it; docs/ledger.md says how one key follows another."

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = new_key()
        self.stdout.write(f"LEDGER_SIGNING_KEY={private}\npublic key: {public}")
