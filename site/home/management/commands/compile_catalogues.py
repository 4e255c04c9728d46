from typing import Any

from django.core.management.base import BaseCommand

from home import catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues that changed, in pure Python."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if count := catalogues.compile_all():
            self.stdout.write(f"Compiled {count} catalogues.")
