"""The two descriptions that a package holds: h5p.json of the content, library.json of each library; and whether two
copies of a library version are one and the same.

Hosts of H5P write a library's JSON files anew when they export it (Lumi leaves out the spaces), so these are held to
what they say; every other file to its bytes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from intake.strict_json import finite, no_constant
from interface.vietnamese import nfc
from training_materials.packages.refusal import PackageRefusedError

CORE_API = (1, 28)
_MACHINE_NAME = re.compile(r"[A-Za-z0-9_][\w.\-]{0,99}", re.ASCII)
_LARGEST_NUMBER = 100_000
# Escapes that may stand for a zero byte or for half a surrogate pair.
_NO_TEXT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_READ = ("library.json", "semantics.json")


@dataclass(frozen=True, order=True)
class Wanted:
    """A library that is needed, in any patch of that version."""

    name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}"


@dataclass(frozen=True)
class ContentManifest:
    title: str
    language: str
    main: Wanted
    needs: tuple[Wanted, ...]


@dataclass(frozen=True)
class LibraryManifest:
    title: str
    name: str
    major: int
    minor: int
    patch: int
    is_runnable: bool
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    needs: tuple[Wanted, ...]

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.name, self.major, self.minor)

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}.{self.patch}"


def parse(raw: bytes, name: str) -> Any:
    """What a JSON file says. Raises PackageRefusedError, also for texts and numbers that no database keeps."""
    try:
        found = json.loads(raw.decode("utf-8-sig"), parse_constant=no_constant, parse_float=finite)
        if _NO_TEXT.search(raw):
            _check_texts(found)
        return found
    except (ValueError, RecursionError) as wrong:
        raise PackageRefusedError(_("%(name)s is no readable JSON.") % {"name": name}) from wrong


def content_manifest(said: Any) -> ContentManifest:
    source = "h5p.json"
    found = _object(said, source)
    needs = _needs(found, "preloadedDependencies", source)
    main = _text(found, "mainLibrary", source)
    wanted = next((need for need in needs if need.name == main), None)
    if wanted is None:
        raise _wrong(source, "mainLibrary")
    language = found.get("language") or found.get("defaultLanguage") or "und"
    return ContentManifest(
        title=nfc(html.unescape(_text(found, "title", source)))[:255] or wanted.name,
        language=language[:16] if isinstance(language, str) else "und",
        main=wanted,
        needs=needs,
    )


def library_manifest(said: Any, folder: str) -> LibraryManifest:
    source = f"{folder}/library.json"
    found = _object(said, source)
    name = _text(found, "machineName", source)
    if not _MACHINE_NAME.fullmatch(name):
        raise _wrong(source, "machineName")
    manifest = LibraryManifest(
        title=nfc(_text(found, "title", source))[:255] or name,
        name=name,
        major=_number(found, "majorVersion", source),
        minor=_number(found, "minorVersion", source),
        patch=_number(found, "patchVersion", source),
        is_runnable=found.get("runnable") in (1, True),
        scripts=_paths(found, "preloadedJs", source),
        styles=_paths(found, "preloadedCss", source),
        needs=_needs(found, "preloadedDependencies", source),
    )
    _check_core(found, manifest)
    return manifest


def likeness(
    files: Mapping[str, str],
    *,
    scripts: Iterable[str],
    styles: Iterable[str],
    needs: Iterable[object],
    semantics: Any,
) -> str:
    """The same for the same: ``files`` gives the SHA-256 of each file by its path inside the library."""
    kept = sorted((path, digest) for path, digest in files.items() if path not in _READ)
    said = [kept, list(scripts), list(styles), sorted(map(str, needs)), semantics or []]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _check_core(found: dict[str, Any], manifest: LibraryManifest) -> None:
    api = found.get("coreApi")
    if api is None:
        return
    source = manifest.name
    asked = (_number(_object(api, source), "majorVersion", source), _number(api, "minorVersion", source))
    if asked > CORE_API:
        message = _("%(library)s needs a newer H5P (%(asked)s) than this site plays (%(ours)s).")
        values = {"library": manifest, "asked": ".".join(map(str, asked)), "ours": ".".join(map(str, CORE_API))}
        raise PackageRefusedError(message % values)


def _needs(found: dict[str, Any], key: str, source: str) -> tuple[Wanted, ...]:
    listed = found.get(key) or []
    if not isinstance(listed, list) or len(listed) > 200:
        raise _wrong(source, key)
    return tuple(_wanted(_object(one, source), source) for one in listed)


def _wanted(found: dict[str, Any], source: str) -> Wanted:
    name = _text(found, "machineName", source)
    if not _MACHINE_NAME.fullmatch(name):
        raise _wrong(source, "machineName")
    return Wanted(name, _number(found, "majorVersion", source), _number(found, "minorVersion", source))


def _paths(found: dict[str, Any], key: str, source: str) -> tuple[str, ...]:
    listed = found.get(key) or []
    if not isinstance(listed, list):
        raise _wrong(source, key)
    paths = tuple(_text(_object(one, source), "path", source).strip().removeprefix("./") for one in listed)
    ending = {"preloadedJs": ".js", "preloadedCss": ".css"}[key]
    if not all(path.lower().endswith(ending) for path in paths):
        raise _wrong(source, key)
    return paths


def _object(value: Any, source: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PackageRefusedError(_("%(source)s is not built as H5P says.") % {"source": source})
    return value


def _text(found: dict[str, Any], key: str, source: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _wrong(source, key)
    return value


def _number(found: dict[str, Any], key: str, source: str) -> int:
    value = found.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST_NUMBER:
        raise _wrong(source, key)
    return value


def _wrong(source: str, key: str) -> PackageRefusedError:
    return PackageRefusedError(_("In %(source)s, “%(key)s” is missing or wrong.") % {"source": source, "key": key})


def _check_texts(found: Any) -> None:
    """Raises ValueError for a text that holds a zero byte or half a surrogate pair."""
    if isinstance(found, str):
        if "\0" in found:
            raise ValueError("a zero byte")
        found.encode()
    elif isinstance(found, dict | list):
        for inner in [*found, *found.values()] if isinstance(found, dict) else found:
            _check_texts(inner)
