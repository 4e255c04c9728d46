import csv
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from membership.decrees.reform import reform_of


class Command(BaseCommand):
    help = "Writes the reform of 1 July 2025 as a decree's table, to be brought in as any decree."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("province", help="of today, its code or its name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = reform_of(options["province"])
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        csv.writer(self.stdout, lineterminator="\n").writerows(lines)
