from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learning.evidence import actions
from learning.evidence.ledger.log import new_key


class Command(BaseCommand):
    help = "Makes a new pair of keys for the ledger and prints it; docs/ledger.md says how one key follows another."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--vouch-for-waiting",
            action="store_true",
            help="after a key was lost: lets what waited to be sealed under it be sealed under the key that is set now",
        )

    def handle(self, *args: Any, vouch_for_waiting: bool, **options: Any) -> None:
        if vouch_for_waiting:
            self.stdout.write(f"{actions.vouch_for_waiting()} waiting entries will be sealed under the key of now.")
            return
        private, public = new_key()
        self.stdout.write(f"LEDGER_SIGNING_KEY={private}\npublic key: {public}")
