"""What people are given with a code that anyone can verify: titles, certificates of courses. Each app that gives some
declares its kind, so that one public page reads all codes and one checker finds every status list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Listed(Protocol):
    """How the rows of a kind are read: a manager of ``badges.querysets.ListedQuerySet``."""

    def revoked_on(self, number: int) -> list[int]: ...

    def last_status_list(self) -> int: ...


@dataclass(frozen=True)
class Kind:
    """``page_of`` gives the path where a code is verified, empty where it is none of this kind; ``status_lists`` the
    absolute address below which the lists of what was revoked stand."""

    rows: Listed
    page_of: Callable[[str], str]
    status_lists: Callable[[], str]


kinds: list[Kind] = []


def page_of(code: str) -> str:
    """Where a code is verified, whatever was given with it; empty where nobody knows it."""
    return next((page for kind in kinds if (page := kind.page_of(code))), "")
