"""One person's crawl: pages by their links, forms by their fields. Run by the package itself, beside a demo."""

import re
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from itertools import chain, cycle
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urldefrag, urlencode, urljoin, urlsplit

import django
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.hostile import values

django.setup()

HOST = "127.0.0.1"
BEGINNINGS = (
    "/", "/quan-tri/", "/hoc-tap/", "/minh-chung/", "/ho-so/", "/tu-danh-gia/2026/", "/danh-gia/", "/chi-tieu/",
    "/bao-cao/2026/", "/tai-khoan/", "/tim-kiem/?q=hoc", "/xac-minh/", "/ket-qua/", "/xapi/about", "/xapi/statements",
    "/healthz", "/sitemap.xml", "/khong-co/",
)  # fmt: skip
LEFT_ALONE = re.compile(r"^/(static|media)/|/logout")
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
IN_PATH = ("0", "9" * 30, "00000000-0000-7000-8000-000000000007", "-1", "%C2%B2", "%00")
LINKS = ("href", "src", "action", "hx-get", "data-url")
VISITOR = "visitor"
OF_A_SHAPE, FIELDS_OF_A_FORM, PAGES = 2, 60, 1_500
OF_A_VIEW, OF_A_FORM, TEXTS_OF_A_FIELD = 1, 1, 2  # so much is tried by people of the same roles, each time anew
LEAST_PAGES = 50  # who has signed in and finds fewer was turned away, and tried nothing


def main(*people: str) -> int:
    from membership.models import User

    can_sign_in = [user.username for user in User.objects.order_by("username") if user.has_usable_password()]
    broken, tried = 0, Counter[tuple[Any, ...]]()
    for number, name in enumerate(people or (VISITOR, *can_sign_in)):
        began, crawl = time.monotonic(), Crawl(None if name == VISITOR else name, tried, number)
        crawl.run()
        took = time.monotonic() - began
        print(
            f"{name}: {crawl.addresses} addresses, {crawl.requests} requests, {len(crawl.broken)} broken, {took:.0f} s",
            flush=True,
        )
        broken += len(crawl.broken)
        if name != VISITOR and crawl.addresses < LEAST_PAGES:
            print(f"  too few addresses: {LEAST_PAGES} at least", flush=True)
            broken += 1
    return int(broken > 0)


class Crawl:
    """``broken`` is every kind of failure: where, and the last line of ours; what was sent is said as it is found.

    Every page is read by everybody. What was ``tried`` at a view or a form by one is not tried again by another of the
    same roles; ``number`` has each begin at another of the texts.
    """

    def __init__(self, person: str | None, tried: Counter[tuple[Any, ...]], number: int) -> None:
        self.client = Client(raise_request_exception=False, headers={"host": HOST})
        self.roles: frozenset[str] = frozenset()
        if person:
            from membership.models import User

            user = User.objects.get(username=person)
            self.client.force_login(user)
            self.roles = frozenset(user.person.memberships.values_list("role", flat=True) if user.person else [person])
        self.signed_in = dict(self.client.cookies)
        self.tried = tried
        self.addresses = self.requests = 0
        self.broken: set[str] = set()
        self._texts = cycle(values.TEXTS[number % len(values.TEXTS) :] + values.TEXTS[: number % len(values.TEXTS)])
        self._exception = ""

    def run(self) -> None:
        got_request_exception.connect(self._note_exception)
        todo, seen, shapes = deque(BEGINNINGS), set(BEGINNINGS), Counter[tuple[Any, ...]]()
        while todo and self.addresses < PAGES:
            address = todo.popleft()
            for found in self._visit(address):
                shape = _shape(found)
                if found not in seen and shapes[shape] < OF_A_SHAPE:
                    seen.add(found)
                    shapes[shape] += 1
                    todo.append(found)
        got_request_exception.disconnect(self._note_exception)

    def _visit(self, address: str) -> list[str]:
        self.addresses += 1
        answer = self._ask("GET", address)
        names = [name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)]
        links: list[str] = []
        if answer and "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            page = BeautifulSoup(answer.content, "lxml")
            links = [link for link in _links(page, address, answer) if not LEFT_ALONE.search(link)]
            for form in page.find_all("form"):
                names += self._send(form, address)
        page_type = type((getattr(answer, "context_data", None) or {}).get("page")).__name__
        if self._is_first(OF_A_VIEW, *_view(urlsplit(address).path), page_type, frozenset(names)):
            self._disturb(urlsplit(address), names)
        return links

    def _is_first(self, examples: int, *key: Any) -> bool:
        """Whether somebody of these roles has tried it less often."""
        self.tried[self.roles, *key] += 1
        return self.tried[self.roles, *key] <= examples

    def _disturb(self, address: SplitResult, names: list[str]) -> None:
        path, whole = address.path, dict(parse_qsl(address.query, keep_blank_values=True))
        for name in names:
            self._ask("GET", f"{path}?{urlencode(whole | {name: next(self._texts)})}")
        for query in values.QUERIES:
            self._ask("GET", f"{path}?{urlencode(dict.fromkeys([*names, 'p', 'page', 'q', 'next'], query))}")
        for raw in values.RAW_QUERIES:
            self._ask("GET", f"{path}?{raw}")
        for headers in values.HEADERS:
            self._ask("GET", path, headers=headers)
        for part in _changing_parts(path):
            for other in IN_PATH:
                self._ask("GET", path.replace(f"/{part}/", f"/{other}/"))
        for body in (b'{"answer": [1e999, "\\u0000"], "sequence": -1}', b"\xff{", b"[" * 3_000):
            self._ask("POST", path, body, content_type="application/json")

    def _send(self, form: Tag, page: str) -> list[str]:
        """Send the form as no browser would; returns the names of its fields if it asks rather than tells."""
        fields = _fields(form)
        target = urldefrag(urljoin(f"http://{HOST}{page}", str(form.get("action") or "")))[0]
        if urlsplit(target).netloc != HOST or LEFT_ALONE.search(urlsplit(target).path):
            return []
        path = urlsplit(target).path
        if str(form.get("method", "get")).lower() != "post":
            return list(fields)
        if self._is_first(OF_A_FORM, *_view(path), frozenset(CHANGING.sub("#", name) for name in fields)):
            for data in chain([{}], self._turned(fields)):
                self._ask("POST", target.removeprefix(f"http://{HOST}"), data)
        return []

    def _turned(self, fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The form as it stands but for one field, one after the other; then every field turned at once."""
        whole = {name: "" if kept is FILE else kept for name, kept in fields.items()}
        for name, kept in list(fields.items())[:FIELDS_OF_A_FORM]:
            if kept is FILE:
                for file_name, content in values.FILES:
                    yield whole | {name: SimpleUploadedFile(file_name, content)}
            else:
                for _ in range(TEXTS_OF_A_FIELD):
                    yield whole | {name: next(self._texts)}
                yield {other: value for other, value in whole.items() if other != name}
        for text in values.TEXTS[:4]:
            yield dict.fromkeys(fields, text)

    def _ask(self, method: str, address: str, data: Any = None, **more: Any) -> HttpResponse | None:
        self.requests += 1
        self._exception = ""
        self.client.cookies.clear()
        for name, morsel in self.signed_in.items():
            self.client.cookies[name] = morsel.value
        sent = {"content_type": more.pop("content_type")} if "content_type" in more else {}
        try:
            with transaction.atomic():
                if method == "POST":
                    answer: Any = self.client.post(address, data, **sent, **more)
                else:
                    answer = self.client.get(address, **more)
                if answer.streaming:
                    for _ in answer.streaming_content:
                        break
                transaction.set_rollback(True)
        except Exception:
            self._exception = traceback.format_exc()
            answer = None
        self._judge(method, address, data, answer)
        return answer

    def _judge(self, method: str, address: str, data: Any, answer: Any) -> None:
        gives_back = answer is not None and not answer.streaming and b"<script>hostile()" in answer.content
        if not (answer is None or answer.status_code == 500 or gives_back):
            return
        where = _own_line(self._exception) if not gives_back else "gives a script back"
        shape = f"{method} {CHANGING.sub('#', urlsplit(address).path)}"
        sent = repr(data)[:600] if data is not None else address[-200:]
        if f"{shape} {where}" not in self.broken:
            self.broken.add(f"{shape} {where}")
            print(f"  {method} {address[:200]} | {where} | {sent}", flush=True)

    def _note_exception(self, **_: Any) -> None:
        self._exception = traceback.format_exc()


FILE = object()


def _fields(form: Tag) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name, kind = str(field.get("name") or ""), str(field.get("type") or "")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind == "file":
            fields[name] = FILE
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            fields[name] = str(chosen.get("value", "")) if isinstance(chosen, Tag) else ""
        elif field.name == "textarea":
            fields[name] = field.get_text()
        elif kind not in ("radio", "checkbox") or field.has_attr("checked") or name not in fields:
            fields[name] = str(field.get("value") or "")
    return fields


def _links(page: BeautifulSoup, address: str, answer: HttpResponse) -> Iterator[str]:
    named = [str(tag[name]) for name in LINKS for tag in page.find_all(attrs={name: True}) if tag.name != "form"]
    for link in [answer.headers.get("Location", ""), *named]:
        try:
            parts = urlsplit(urldefrag(urljoin(f"http://{HOST}{address}", link))[0])
        except ValueError:
            continue
        if parts.netloc == HOST:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _view(path: str) -> tuple[str, str]:
    """What answers there, whatever the row."""
    try:
        match = resolve(path)
    except Resolver404:
        return CHANGING.sub("#", path), ""
    return match.route, match.view_name


def _changing_parts(path: str) -> list[str]:
    """What stands in the address for a row or a word that the route leaves open."""
    try:
        return [str(value) for value in resolve(path).kwargs.values()]
    except Resolver404:
        return []


def _shape(address: str) -> tuple[Any, ...]:
    parts = urlsplit(address)
    return CHANGING.sub("#", parts.path), bool(parts.query)


def _own_line(trace: str) -> str:
    """The last line of the trace that stands in this project, and what was raised."""
    lines = trace.strip().splitlines()
    own = [line.strip() for line in lines if 'File "' in line and "site-packages" not in line and "/tests/" not in line]
    place = re.sub(r'File "(?:.*/)?((?:[^/]+/){2}[^/]+)", line (\d+), in (\w+)', r"\1:\2 \3", own[-1]) if own else ""
    return f"{place}: {lines[-1][:200]}" if lines else "no exception was seen"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
