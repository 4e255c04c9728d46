"""Collects texts into each app's own catalogue; with GNU gettext's xgettext."""

from contextlib import chdir
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import REPOSITORY
from home.catalogues import put_in_order

_WITHOUT_TEXTS = ["docs", "node_modules", "tests", "var", "vendor"]


class Command(BaseCommand):
    help = "Collect texts to translate into each app's catalogue (needs GNU gettext)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with chdir(REPOSITORY):
            call_command(
                "makemessages",
                locale=["vi"],
                ignore_patterns=list(_WITHOUT_TEXTS),
                no_location=True,
                no_obsolete=True,
                no_wrap=True,
                verbosity=0,
            )
        put_in_order()
