"""For what people's data is used: each purpose is agreed to, and taken back, by itself.

Calls go down, this registry goes up: an app adds its purpose in its ``AppConfig.ready``. The texts of a purpose are
rows (``ConsentText``), those that come with the site lie in ``membership/data/consent/<key>/<version>.txt``. What needs
nobody's agreement has no purpose: figures without names, and the register that the law asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from interface.tables.columns import Text


def _nothing(_person_id: int) -> None:
    """There is nothing to undo: what must not go on asks for the agreement itself."""


@dataclass(frozen=True)
class Purpose:
    """``is_needed``: without it the site can do nothing for the person, so that taking it back stops every write about
    them. ``stops`` and ``stays`` say what taking it back does and what it leaves, and why; ``undo`` is told the key of
    the person who took it back.
    """

    key: str
    title: Text
    accepts: Text
    stops: Text
    stays: Text
    is_needed: bool = False
    undo: Callable[[int], object] = _nothing


purposes: dict[str, Purpose] = {}


def needed() -> list[str]:
    return [purpose.key for purpose in purposes.values() if purpose.is_needed]
