"""Vietnamese must be complete: no message empty or guessed, and, where xgettext is at hand, none uncollected."""

import shutil
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import REPOSITORY
from home.catalogues import catalogue_paths, read_catalogue, untranslated


class Command(BaseCommand):
    help = "Check that every text is translated; quiet when all is well."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        gaps = [
            f"{path.relative_to(REPOSITORY)}: {message}" for path in catalogue_paths() for message in untranslated(path)
        ]
        if shutil.which("xgettext"):
            gaps += _uncollected()
        if gaps:
            raise CommandError("\n".join(["Texts without translation:", *gaps]))


def _uncollected() -> list[str]:
    """Messages in code or templates that no catalogue holds yet; the catalogues are put back as they were."""
    kept = {path: path.read_bytes() for path in catalogue_paths()}
    known = {path: {message.id for message in read_catalogue(path)} for path in kept}
    try:
        call_command("collect_messages")
        return [
            f"{path.relative_to(REPOSITORY)}: {message.id}"
            for path in catalogue_paths()
            for message in read_catalogue(path)
            if message.id not in known.get(path, set())
        ]
    finally:
        for path in catalogue_paths():
            if path in kept:
                path.write_bytes(kept[path])
            else:
                path.unlink()
