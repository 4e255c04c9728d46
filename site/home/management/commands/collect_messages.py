"""Collects texts into each app's own catalogue; with GNU gettext's xgettext."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import REPOSITORY

_EXTRACT = ["makemessages", "--locale", "vi", "--no-location", "--no-wrap", "--verbosity", "0"]


class Command(BaseCommand):
    help = "Collect texts to translate into each app's catalogue (needs GNU gettext)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder, domains in _catalogue_folders():
            (folder / "locale").mkdir(exist_ok=True)
            for domain in domains:
                subprocess.run(  # noqa: S603
                    [sys.executable, str(REPOSITORY / "site" / "manage.py"), *_EXTRACT, "--domain", domain],
                    cwd=folder,
                    check=True,
                )


def _catalogue_folders() -> Iterator[tuple[Path, list[str]]]:
    """Each app's folder, and site/ for home and the shared templates."""
    for app in settings.LOCAL_APPS:
        folder = REPOSITORY / app.replace(".", "/")
        yield (folder if folder.exists() else settings.SITE), ["django"]
