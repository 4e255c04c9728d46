"""What all our activities share: how they stand in content.json, plain texts, pictures, responses."""

import html
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

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


class Activity(ABC):
    """What each type is: a dataclass of its content. Forms and parameters call its fields alike."""

    machine_name: ClassVar[str]

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Whether there is nothing yet that could be played."""

    def params(self) -> dict[str, Any]:
        return _params_of(self)

    @classmethod
    def read(cls, params: Params) -> Self:
        return _read_as(cls, params)

    @abstractmethod
    def problems(self) -> list[str]: ...

    @abstractmethod
    def score(self, response: str) -> Score:
        """Raises UnreadableResponseError."""


def always(default: Any) -> Any:
    """A field that has a default and stands among the parameters whatever it says."""
    return field(default=default, metadata={"is_always_told": True})


def escaped(text: str) -> str:
    """As H5P's hosts keep plain texts."""
    return html.escape(text.replace("\r\n", "\n").strip())


def plain(stored: object) -> str:
    return html.unescape(str(stored)) if stored is not None else ""


@cache
def hints_of(content: type) -> dict[str, Any]:
    return {each.name: get_type_hints(content)[each.name] for each in fields(content)}


def part_in(hint: Any) -> Any:
    """What a field is a list of; None where it is one thing."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def _params_of(content: Any) -> dict[str, Any]:
    """Under the names of JavaScript. What may be left out and says nothing is left out."""
    told = {each: _told(getattr(content, each.name)) for each in fields(content)}
    return {_in_script(each.name): value for each, value in told.items() if value or _is_always_told(each)}


def _told(value: Any) -> Any:
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, tuple):
        return [_params_of(one) for one in value]
    return value.params() if isinstance(value, Picture) else value


def _is_always_told(each: "Field[Any]") -> bool:
    return each.default is MISSING or bool(each.metadata.get("is_always_told"))


def _in_script(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _read_as(content: Any, params: Params) -> Any:
    """What is not said stands at its default, as in the activity's own program."""
    hints, stored = hints_of(content), {each: params.get(_in_script(each.name)) for each in fields(content)}
    told = {each: value for each, value in stored.items() if value is not None or each.default is MISSING}
    return content(**{each.name: _read(hints[each.name], value) for each, value in told.items()})


def _read(hint: Any, value: Any) -> Any:
    if hint == Picture | None:
        return Picture.read(value)
    if part := part_in(hint):
        return tuple(_read_as(part, one) for one in value or ())
    return plain(value) if hint is str else hint(value or 0)


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
