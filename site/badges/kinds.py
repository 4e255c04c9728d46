"""What people are given with a code that anyone can verify: titles, certificates of courses. Each app that gives some
declares its kind, so that one public page reads all codes and one checker finds every status list."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.urls import reverse


class Listed(Protocol):
    """How the rows of a kind are read: a manager of ``badges.querysets.ListedQuerySet``."""

    def has_code(self, code: str) -> bool: ...

    def revoked_on(self, number: int) -> list[int]: ...

    def last_status_list(self) -> int: ...


@dataclass(frozen=True)
class Kind:
    """``page`` and ``status_list`` name where the site says whether a code stands, and which badges are revoked."""

    rows: Listed
    page: str
    status_list: str

    def path_of(self, code: str) -> str:
        return reverse(self.page, args=[code])

    def list_address(self, number: int) -> str:
        return settings.BASE_URL + reverse(self.status_list, args=[number])


kinds: list[Kind] = []


def page_of(code: str) -> str:
    """The path where a code is verified, whatever was given with it; empty where nobody knows it."""
    return next((kind.path_of(code) for kind in kinds if kind.rows.has_code(code)), "")
