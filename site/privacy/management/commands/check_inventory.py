"""A personal field without purpose, legal basis and retention must not land."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.inventory import undeclared


class Command(BaseCommand):
    help = "Check that every field that may say something of a person is declared; quiet when all is well."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if told := undeclared():
            raise CommandError(
                "\n".join(["Declare them in the app's personal.py (docs/how-to/personal-field.md):", *told])
            )
