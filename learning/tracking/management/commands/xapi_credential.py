"""Makes a credential for an outside system and prints its secret, which is kept nowhere."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from learning.tracking.actions import make_credential
from learning.tracking.models import Scope


class Command(BaseCommand):
    help = "Make an xAPI credential for an outside system; prints the user name and the password of Basic."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The system that gets it, and who answers for it.")
        parser.add_argument("--scope", action="append", choices=Scope.values, help="May be given again; all without.")

    def handle(self, *, name: str, scope: list[str] | None, **_options: object) -> None:
        scopes = [Scope(one) for one in scope or Scope.values]
        credential, secret = make_credential(name=name, scopes=scopes, by=None, at=timezone.now())
        self.stdout.write(f"{credential.key}:{secret}")
