"""Every address of the site, with ids and fields that no form of ours sends: a clear answer, never a 500."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

FILLS = {
    "int": ("1", "0", str(2**63 + 1)),
    "uuid": ("00000000-0000-7000-8000-000000000007",),
    "slug": ("khong-co",),
    "str": ("2026", "không có", "a" * 300, "%00"),
    "path": ("khong/co",),
}
QUERY = dict.fromkeys(("q", "page", "nam", "year", "next", "loai", "trang-thai"), "\x00 9999999999999999999999")
# A number, but none that a database keeps.
NUMBERS = dict.fromkeys(("after", "before", "cu", "moi", "page", "trang", "unit"), "9" * 30)
FIELDS = ("action", "answer", "codes", "date", "file", "finish", "full_name", "number", "person", "people", "points",
          "q-1", "reason", "score", "text", "title", "year")  # fmt: skip
COUNTED = dict.fromkeys(FIELDS, "9" * 30)
TYPED = dict.fromkeys(FIELDS, "\x00 ’ 9999999999999999999999")
PLACEHOLDER = re.compile(r"<(?:(\w+):)?\w+>")
MEMBERS = ("/hoc-tap/", "/hoi-dap/", "/bai-kiem-tra/", "/ho-so/", "/tu-danh-gia/")
NOT_OURS = ("quan-tri/", "documents/", "tai-khoan/")


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(getattr(entry.pattern, "_route", "^"))
        if "^" in route or route.startswith(NOT_OURS):
            continue
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield f"/{route}"


def _filled(route: str) -> Iterator[str]:
    kinds = [found[1] or "str" for found in PLACEHOLDER.finditer(route)]
    for turn in range(max((len(FILLS.get(kind, ("x",))) for kind in kinds), default=1)):
        fills = iter(kinds)
        yield PLACEHOLDER.sub(lambda _found: _fill(next(fills), turn), route)  # noqa: B023


def _fill(kind: str, turn: int) -> str:
    values = FILLS.get(kind, ("x",))
    return values[turn % len(values)]


ADDRESSES = sorted({address for route in _routes(get_resolver()) for address in _filled(route)})


def test_there_are_many():
    assert len(ADDRESSES) > 100


@pytest.mark.slow(reason="One walk over every address of the site, with all that nobody should send.")
@pytest.mark.parametrize("who", ["", "an", "dung", "giang"])
def test_no_address_breaks_on_what_nobody_should_send(client, standing, who):
    client.raise_request_exception = False
    if who:
        client.force_login(getattr(standing, who))
    broken = []
    for address in ADDRESSES:
        answers = {"GET": client.get(address, QUERY), "POST": client.post(address, TYPED)}
        answers["numbers"] = client.get(address, NUMBERS)
        if answers["POST"].status_code not in (404, 405):
            answers["numbers sent"] = client.post(address, COUNTED)
            answers["JSON"] = client.post(
                address, b'{"answer": [1e999, "\\u0000"], "sequence": -1}', "application/json"
            )
            answers["not JSON"] = client.post(address, b"\xff{", "application/json")
        broken += [f"{method} {address}" for method, answer in answers.items() if answer.status_code == 500]
    assert not broken, "\n".join(broken)


def test_what_robots_may_ask_for_of_members_leads_to_sign_in(client, db):
    rules = client.get("/robots.txt").content.decode().splitlines()
    refused = tuple(line.removeprefix("Disallow: ") for line in rules if line.startswith("Disallow: "))
    asked = [address for address in ADDRESSES if address.startswith(MEMBERS) and not address.startswith(refused)]
    assert {address.split("/")[1] for address in asked} == {prefix.strip("/") for prefix in MEMBERS}
    answers = {address: client.get(address) for address in asked if address != "/bai-kiem-tra/worker.js"}
    told = [address for address, answer in answers.items() if answer.status_code == 200 or answer.cookies]
    elsewhere = [
        address
        for address, answer in answers.items()
        if answer.status_code == 302 and not answer.url.startswith("/tai-khoan/login/")
    ]
    assert (told, elsewhere) == ([], [])
