"""Who answers for this site: at the head and foot of pages, in help, letters and papers.

Every page asks, so the answer stands in the cache until it changes.
"""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.cache import cache
from wagtail.images.shortcuts import get_rendition_or_not_found

from interface.models import SiteOwner

_KEY = "kept-site-owner"
_ON_PAGES = "max-352x88|preserve-svg"  # twice the height of the header's place
_ON_PAPERS = "max-600x300|format-png|preserve-svg"


@dataclass(frozen=True)
class Owner:
    """``logo`` is the address of a picture; what is not told is empty."""

    name: str
    email: str
    phone: str
    logo: str = ""

    @property
    def contact(self) -> str:
        return " · ".join(filter(None, (self.phone, self.email)))


def owner() -> Owner:
    """As it was kept on the site, else as the environment says."""
    kept = cast(Owner | None, cache.get_or_set(_KEY, _read, None))
    return kept or Owner(**settings.CONTACT)


def remember_owner() -> None:
    """To be called once a change, of the picture too, is committed. A reader who was just reading the old one only
    adds to the cache.
    """
    cache.set(_KEY, _read(), None)


def logo_on_paper() -> bytes:
    """The file, PNG or SVG; empty where there is none."""
    row = SiteOwner.objects.select_related("logo").first()
    if row is None or row.logo is None:
        return b""
    file = get_rendition_or_not_found(row.logo, _ON_PAPERS).file
    if not file.name or not file.storage.exists(file.name):
        return b""
    with file.open("rb") as opened:
        content: bytes = opened.read()
    return content


def _read() -> Owner | None:
    row = SiteOwner.objects.select_related("logo").first()
    if row is None:
        return None
    address = get_rendition_or_not_found(row.logo, _ON_PAGES).url if row.logo else ""
    return Owner(row.name, row.email, row.phone, address)
