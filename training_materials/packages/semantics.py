"""A content's parameters as its library's semantics allow them: tags, values, media. Everything else is dropped.

Follows what H5P's own hosts do on saving: text without an HTML widget is escaped, HTML keeps the tags that the field
names, fields that no semantics describe go, and a group of one field stands as that field alone.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nh3
from django.utils.translation import gettext as _

from training_materials.packages.refusal import PackageRefusedError

DEEPEST = 40
LONGEST_LIST = 5_000

_MEDIA = frozenset({"image", "audio", "video", "file"})
_ALLOWED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_BASE_TAGS = frozenset(_ALLOWED["base"])
_HARMLESS = _BASE_TAGS.union(_ALLOWED["table"], _ALLOWED["harmless"])
_SUB_CONTENT = re.compile(r"[0-9a-fA-F\-]{1,64}", re.ASCII)
_MIME = re.compile(r"[\w.+\-]{1,64}/[\w.+\-]{1,64}", re.ASCII)


def are_semantics(said: Any) -> bool:
    """Whether a library's semantics are built so that a Cleaner can follow them."""
    waiting = [said]
    while waiting:
        fields = waiting.pop()
        if not isinstance(fields, list) or not all(isinstance(one, dict) for one in fields):
            return False
        for one in fields:
            if not isinstance(one.get("type", ""), str) or not isinstance(one.get("tags") or [], list):
                return False
            waiting += [one.get("fields") or [], [one["field"]] if one.get("field") else []]
    return True


@dataclass
class Cleaner:
    """``semantics_of`` gives the semantics of "H5P.Name 1.2", None where the library is not at hand.

    ``media`` are the paths of files that came with the content.
    """

    semantics_of: Callable[[str], list[Any] | None]
    media: frozenset[str]
    notes: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    dropped: int = 0

    def params(self, library: str, value: Any) -> Any:
        """The parameters of a content of that library. Raises PackageRefusedError where they are no parameters."""
        semantics = self.semantics_of(library)
        if semantics is None:
            return self._loose(value, 0)
        return self._group(value, semantics, 0)

    def _field(self, value: Any, described: dict[str, Any], depth: int) -> Any:
        """The cleaned value, or None to drop it."""
        _check_depth(depth)
        kind = described.get("type")
        if kind == "group":
            fields = described.get("fields") or []
            if len(fields) == 1 and not described.get("isSubContent"):
                return self._field(value, fields[0], depth + 1)
            return self._group(value, fields, depth + 1) if isinstance(value, dict) else None
        if kind == "list":
            return self._list(value, described.get("field") or {}, depth)
        if kind == "library":
            return self._library(value, depth)
        if kind in _MEDIA:
            return self._media(value, kind)
        return self._plain(value, described)

    def _plain(self, value: Any, described: dict[str, Any]) -> Any:
        kind = described.get("type")
        if kind == "number":
            return _number(value)
        if kind == "boolean":
            return value if isinstance(value, bool) else value in ("true", "1", 1)
        if kind == "select" and isinstance(value, list):
            return [_escape(one) for one in value[:LONGEST_LIST] if isinstance(one, str | int | float)]
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return None
        if kind == "text" and (described.get("widget") == "html" or described.get("tags")):
            return self._html(str(value), described)
        return _escape(value) if isinstance(value, str) else value

    def _group(self, value: Any, fields: list[Any], depth: int) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise PackageRefusedError(_("The content does not fit its library."))
        described = {one["name"]: one for one in fields if isinstance(one, dict) and isinstance(one.get("name"), str)}
        kept = {}
        for name, inside in value.items():
            if name not in described:
                self.dropped += 1
                continue
            cleaned = self._field(inside, described[name], depth + 1) if inside is not None else None
            if cleaned is not None:
                kept[name] = cleaned
        if isinstance(value.get("subContentId"), str) and _SUB_CONTENT.fullmatch(value["subContentId"]):
            kept.setdefault("subContentId", value["subContentId"])
        return kept

    def _list(self, value: Any, described: dict[str, Any], depth: int) -> list[Any] | None:
        if not isinstance(value, list):
            return None
        if len(value) > LONGEST_LIST:
            raise PackageRefusedError(_("A list in the content has more than %(count)d entries.")
                                      % {"count": LONGEST_LIST})  # fmt: skip
        return [kept for one in value if (kept := self._field(one, described, depth + 1)) is not None]

    def _library(self, value: Any, depth: int) -> dict[str, Any] | None:
        if not isinstance(value, dict) or not isinstance(value.get("library"), str):
            return None
        library = value["library"]
        self.used.add(library)
        semantics = self.semantics_of(library)
        params = value.get("params", {})
        is_described = semantics is not None and isinstance(params, dict)
        inside = self._group(params, semantics or [], depth + 1) if is_described else self._loose(params, depth + 1)
        kept = {"library": _escape(library), "params": inside}
        if isinstance(value.get("subContentId"), str) and _SUB_CONTENT.fullmatch(value["subContentId"]):
            kept["subContentId"] = value["subContentId"]
        if isinstance(value.get("metadata"), dict):
            kept["metadata"] = self._loose(value["metadata"], depth + 1)
        return kept

    def _media(self, value: Any, kind: str) -> Any:
        """An image or file is one object; audio and video are lists of them, one for each format."""
        if isinstance(value, list):
            return [taken for one in value[:20] if (taken := self._media(one, kind))] or None
        if not isinstance(value, dict) or not isinstance(value.get("path"), str):
            return None
        path = unicodedata.normalize("NFC", value["path"]).removesuffix("#tmp").removeprefix("./")
        if path not in self.media:
            is_elsewhere = "//" in path or ":" in path
            text = _("Left out, since it stands on another site: %(path)s") if is_elsewhere else _(
                "Left out, since the file is not in the package: %(path)s")  # fmt: skip
            self.notes.append(text % {"path": path[:120]})
            return None
        kept: dict[str, Any] = {"path": path}
        kept |= {side: size for side in ("width", "height") if (size := _number(value.get(side))) is not None}
        if isinstance(value.get("mime"), str) and _MIME.fullmatch(value["mime"]):
            kept["mime"] = value["mime"]
        if isinstance(value.get("copyright"), dict):
            kept["copyright"] = self._loose(value["copyright"], 1)
        return kept

    def _loose(self, value: Any, depth: int) -> Any:
        """For what no semantics describe: the same shape, every text without any tag that could do harm."""
        _check_depth(depth)
        if isinstance(value, dict):
            return {_escape(name): self._loose(inside, depth + 1) for name, inside in value.items()}
        if isinstance(value, list):
            return [self._loose(inside, depth + 1) for inside in value[:LONGEST_LIST]]
        if isinstance(value, str):
            return self._html(value, {"tags": sorted(_HARMLESS)})
        return value if isinstance(value, bool | int | float) or value is None else None

    def _html(self, value: str, described: dict[str, Any]) -> str:
        asked = {str(tag).lower() for tag in described.get("tags") or ()}
        for tag in tuple(asked):
            asked.update(_ALLOWED["also"].get(tag, ()))
        tags = (asked & _HARMLESS) | _BASE_TAGS
        attributes = {tag: {"style"} for tag in tags} | {"a": {"href", "target"}, "td": {"colspan", "rowspan", "style"},
                      "th": {"colspan", "rowspan", "scope", "style"}, "ol": {"start", "type", "style"}}  # fmt: skip
        cleaned = nh3.clean(
            value,
            tags=tags,
            attributes={tag: allowed for tag, allowed in attributes.items() if tag in tags},
            filter_style_properties=set(_ALLOWED["styles"]),
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer",
        )
        if _has_more_tags(value, cleaned):
            self.dropped += 1
        return cleaned


def _has_more_tags(before: str, after: str) -> bool:
    return len(re.findall(r"<[a-zA-Z]", before)) > len(re.findall(r"<[a-zA-Z]", after))


def _escape(value: str | int | float) -> str:
    """Escaped once, however often it was before."""
    return html.escape(html.unescape(str(value)))


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    return value if isinstance(value, int | float) and abs(value) < 1e15 else None


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise PackageRefusedError(_("The content is nested too deeply."))
