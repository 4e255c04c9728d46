"""Files of packages are laid down and taken away."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from training_materials.packages.archive import Archive
from training_materials.packages.gate import FoundFile
from training_materials.packages.loading import moved_styles
from training_materials.packages.storage import bundle_name, package_storage

if TYPE_CHECKING:
    from training_materials.models import Library


def lay_down(archive: Archive, files: dict[str, FoundFile], folder: str) -> list[str]:
    """Puts the files under the folder; gives the names that were not there before."""
    laid = []
    for path, found in files.items():
        name = f"{folder}/{path}"
        if not package_storage().exists(name):
            package_storage().save(name, ContentFile(archive.read(found.source)))
            laid.append(name)
    return laid


def take_away(names: Iterable[str]) -> None:
    for name in names:
        package_storage().delete(name)


def lay_down_bundle(bundle: str, libraries: list[Library]) -> list[str]:
    """The scripts and styles of the libraries in that order, each joined into one file, plain and compressed."""
    scripts = b"".join(_read(library, path) + b"\n;\n" for library in libraries for path in library.scripts)
    styles = "\n".join(_styles(library, path) for library in libraries for path in library.styles)
    laid = []
    for ending, content in (("js", scripts), ("css", styles.encode())):
        for suffix, packed in (("", content), (".gz", gzip.compress(content, mtime=0))):
            name = bundle_name(bundle, ending + suffix)
            if not package_storage().exists(name):
                laid.append(package_storage().save(name, ContentFile(packed)))
    return laid


def _styles(library: Library, path: str) -> str:
    text = _read(library, path).decode("utf-8-sig", "replace")
    return moved_styles(text, path, lambda target: f"libraries/{library.folder}/{target}")


def _read(library: Library, path: str) -> bytes:
    with package_storage().open(f"{library.stored_under}/{path}") as file:
        return file.read()
