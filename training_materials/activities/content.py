"""What all our activities share: plain texts, pictures, responses."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Params = Mapping[str, Any]


class UnreadableResponseError(ValueError):
    """The response is none that the activity could have given: nothing can be scored from it."""


@dataclass(frozen=True)
class Score:
    raw: int
    maximum: int


@dataclass(frozen=True)
class Picture:
    """A picture of a package: its path inside ``content/``, its size in pixels, its words for who cannot see it."""

    path: str
    mime: str
    width: int
    height: int
    alt: str

    def params(self) -> dict[str, Any]:
        image = {"path": self.path, "mime": self.mime, "width": self.width, "height": self.height}
        return {"image": image, "alt": escaped(self.alt)}

    @classmethod
    def read(cls, params: Params | None) -> "Picture | None":
        image = (params or {}).get("image")
        if not params or not image:
            return None
        return cls(image["path"], image.get("mime", ""), int(image.get("width", 0)), int(image.get("height", 0)),
                   plain(params.get("alt")))  # fmt: skip


class Activity(Protocol):
    """What each type is: its content, checked and turned into parameters."""

    machine_name: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet that could be played."""
        ...

    def params(self) -> dict[str, Any]: ...

    def problems(self) -> list[str]: ...


def escaped(text: str) -> str:
    """As H5P's hosts keep plain texts."""
    return html.escape(text.replace("\r\n", "\n").strip())


def plain(stored: object) -> str:
    return html.unescape(str(stored)) if stored is not None else ""


def with_optional(params: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """The parameters, and of the optional ones those that say something."""
    return params | {name: value for name, value in optional.items() if value}


def picture_params(picture: Picture | None) -> dict[str, Any] | None:
    return picture.params() if picture else None


def numbers(response: str) -> list[int]:
    """A response like ``0[,]2[,]5``. Raises UnreadableResponseError."""
    try:
        return [int(part) for part in response.split("[,]")] if response else []
    except ValueError as wrong:
        raise UnreadableResponseError(response[:80]) from wrong


def pairs(response: str) -> list[tuple[int, int]]:
    """A response like ``0[.]2[,]1[.]0``. Raises UnreadableResponseError."""
    try:
        split = [part.split("[.]") for part in response.split("[,]")] if response else []
        return [(int(first), int(second)) for first, second in split]
    except ValueError as wrong:
        raise UnreadableResponseError(response[:80]) from wrong


def once_within(found: list[int], count: int) -> set[int]:
    """The same as a set, each place existing and named once. Raises UnreadableResponseError."""
    if len(set(found)) != len(found) or not all(0 <= place < count for place in found):
        raise UnreadableResponseError(str(found)[:80])
    return set(found)
