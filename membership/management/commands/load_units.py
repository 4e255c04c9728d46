from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from membership.actions import load_units


class Command(BaseCommand):
    help = "Loads a province: today's communes with their associations, and the old ones with their successors."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("province", help="its code or its name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_units(province=options["province"], by=None, at=timezone.now())
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"{count} new units.")
