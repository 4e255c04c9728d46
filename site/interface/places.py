"""Where a visitor can go from any page, and the addresses that a page may name whoever serves them.

What is one's own depends on roles, which this layer does not know: an app above adds it in its ``ready``
(decision 0007).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    label: str | Promise = field(compare=False)  # follows from the address
    url: str
    icon: str
    is_current: bool = False
    starts_public: bool = False


Entry = tuple[str | Promise, str, str]  # label, address, icon

# Promised to people on paper and over the telephone: they never change, whoever serves them.
ADDRESSES = {
    "about": "/gioi-thieu/",
    "account": "/tai-khoan/",
    "administration": "/quan-tri/",
    "accessibility": "/tiep-can/",
    "contact": "/lien-he/",
    "courses": "/khoa-hoc/",
    "criteria": "/cong-dan-hoc-tap/",
    "dossiers": "/ho-so/",
    "evidence": "/minh-chung/",
    "help": "/tro-giup/",
    "learning": "/hoc-tap/",
    "library": "/tai-lieu/",
    "notices": "/thong-bao/",
    "privacy": "/quyen-rieng-tu/",
    "results": "/ket-qua/",
    "review": "/danh-gia/",
    "search": "/tim-kiem/",
    "verification": "/xac-minh/",
    # What pages of lower apps name though an app above them serves it.
    "calls": "/loi-goi-hoc/",
    "check_in": "/diem-danh/",
    "coverage": "/danh-gia/tieu-chi/do-phu/",
    "decisions": "/danh-gia/quyet-dinh/",
    "draft": "/danh-gia/quyet-dinh/lap/",
    "language": "/ngon-ngu/",
    "letter": "/thong-bao/thu/viet/",
    "revoke": "/danh-gia/thu-hoi/{}/",
    "answering": "/kien-nghi/xu-ly/",
    "plans": "/ke-hoach/",
    "minutes": "/danh-gia/bien-ban/{}.{}",
    "registrations": "/dang-ky-phan-dau/",
    "registering": "/danh-gia/dang-ky/",
    "organising": "/buoi-tap-huan/to-chuc/",
    "own_requests": "/du-lieu-ca-nhan/cua-toi/",
    "own_questions": "/hoi-dap/cua-toi/",
    "sheet": "/danh-gia/phieu/{}.{}",
    "indicator_results": "/danh-gia/tieu-chi/ket-qua-kiem-tra/",
    "step": "/hoc-tap/{}/{}/",
    "suggestions": "/tim-kiem/goi-y/",
    "titles": "/danh-hieu/",
}

_PUBLIC: tuple[Entry, ...] = (
    (_("Materials"), ADDRESSES["library"], "library"),
    (_("Courses"), ADDRESSES["courses"], "graduation-cap"),
    (_("Learning Citizen"), ADDRESSES["criteria"], "badge-check"),
    (_("Results"), ADDRESSES["results"], "chart-column"),
)

own_places: list[Callable[[HttpRequest], list[Entry]]] = []
# How many notices somebody has not read yet, for the bell of every page; None for who has no notices.
unread_counts: list[Callable[[HttpRequest], int | None]] = []
_MOST_TOLD = 99


def address(name: str, *parts: object) -> str:
    """One of ``ADDRESSES``, with its parts (the slugs of a course and its step, say) filled in."""
    return ADDRESSES[name].format(*parts)


def places(request: HttpRequest) -> list[Place]:
    """First what is one's own, then what is public."""
    own = [Place(*entry, _is_at(request, entry)) for source in own_places for entry in source(request)]
    return own + [
        Place(*entry, _is_at(request, entry), starts_public=request.user.is_authenticated and not index)
        for index, entry in enumerate(_PUBLIC)
    ]


def unread(request: HttpRequest) -> str | None:
    """For the bell: how many, nothing where none is; None where there is no bell."""
    counts = [count for source in unread_counts if (count := source(request)) is not None]
    if not counts:
        return None
    total = sum(counts)
    return f"{_MOST_TOLD}+" if total > _MOST_TOLD else str(total or "")


def public_places() -> list[Place]:
    """Where anyone can go, from a page that belongs to no request."""
    return [Place(*entry) for entry in _PUBLIC]


def _is_at(request: HttpRequest, entry: Entry) -> bool:
    return request.path.startswith(entry[1])
