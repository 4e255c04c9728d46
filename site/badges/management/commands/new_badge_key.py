from typing import Any

from django.core.management.base import BaseCommand

from badges.keys import issuer, key_of, new_secret


class Command(BaseCommand):
    help = "Make a key that signs badges. Stores nothing: put what it prints into the environment (docs/badges.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        secret = new_secret()
        self.stdout.write(f"BADGE_SIGNING_KEY={secret}")
        self.stdout.write(
            f"# its public key, for BADGE_RETIRED_KEYS later: {key_of(secret, issuer()).public.multibase}"
        )
