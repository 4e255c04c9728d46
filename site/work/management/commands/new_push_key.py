from typing import Any

from django.core.management.base import BaseCommand

from work.web_push import new_key


class Command(BaseCommand):
    help = (
        "Make the key by which push services know this site. Stores nothing: put what it prints into the environment. "
        "With another key every device has to be switched on anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"PUSH_KEY={new_key()}")
