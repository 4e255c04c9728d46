from typing import Any

from django.core.management.base import BaseCommand

from home import assets


class Command(BaseCommand):
    help = "Bring fonts, icons and scripts from npm, and bundle the styles. Does nothing when all is up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if assets.fetch():
            self.stdout.write("Fonts, icons, scripts and styles are up to date.")
