"""Vietnamese must be complete: no message empty or guessed, and, where xgettext is at hand, none uncollected."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
    """Messages in code or templates that no catalogue holds yet, found by collecting in a copy of the sources."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(".*", "node_modules", "var", "vendor", "docs"))
        manage = [sys.executable, str(copy / "site" / "manage.py")]
        subprocess.run([*manage, "collect_messages"], check=True, env=os.environ | {"VAR_DIR": folder})  # noqa: S603
        return [
            f"{path.relative_to(copy)}: {message.id}"
            for path in catalogue_paths(copy)
            for message in read_catalogue(path)
            if message.id not in _known(path.relative_to(copy))
        ]


@cache
def _known(catalogue: Path) -> set[Any]:
    path = REPOSITORY / catalogue
    return {message.id for message in read_catalogue(path)} if path.exists() else set()
