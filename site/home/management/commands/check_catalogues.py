"""Vietnamese must be complete and in order: no message empty, guessed or, where xgettext is at hand, uncollected."""

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
from home.catalogues import catalogue_paths, is_in_order, read_catalogue, untranslated


class Command(BaseCommand):
    help = "Check that every text is translated; quiet when all is well."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        gaps = [
            f"{path.relative_to(REPOSITORY)}: {message}" for path in catalogue_paths() for message in untranslated(path)
        ]
        disorder = [str(path.relative_to(REPOSITORY)) for path in catalogue_paths() if not is_in_order(path)]
        if disorder:
            raise CommandError("\n".join(["Messages out of order (`make format` puts them right):", *disorder]))
        if shutil.which("xgettext"):
            gaps += _uncollected()
        if gaps:
            raise CommandError("\n".join(["Texts without translation:", *gaps]))


def copy_of_sources(folder: Path) -> Path:
    """The project's files without what is made from them or kept beside them."""
    without = shutil.ignore_patterns(".*", "node_modules", "var", "vendor", "docs")
    return Path(shutil.copytree(REPOSITORY, folder / "copy", ignore=without))


def collect(copy: Path) -> None:
    """Collect texts into the catalogues of a copy of the sources, in a process of its own."""
    command = [sys.executable, str(copy / "site" / "manage.py"), "collect_messages"]
    subprocess.run(command, check=True, env=os.environ | {"VAR_DIR": str(copy.parent)})  # noqa: S603


def _uncollected() -> list[str]:
    """Messages in code or templates that no catalogue holds yet."""
    with TemporaryDirectory() as folder:
        copy = copy_of_sources(Path(folder))
        collect(copy)
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
