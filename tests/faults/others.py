"""Who works beside the learners, and never gives up either: one hands in files, one writes a dossier, one freezes."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Thread
from urllib.parse import urlencode

from django.db import connection as database
from django.utils import timezone

from evaluation.dossiers.models import IndicatorScore
from evaluation.reporting.models import FrozenReport
from learning.evidence.models import EvidenceFile
from membership.models import Unit, User
from tests.faults.browser import Browser, UnhealedError

_BOUNDARY = "b" * 24


@dataclass
class Worker:
    """``acknowledged``: what the site said yes to, and must hold in the end, once."""

    user: User
    browser: Browser
    acknowledged: dict[str, str] = field(default_factory=dict)
    unhealed: list[str] = field(default_factory=list)

    def work(self, until: Callable[[], bool]) -> None:
        try:
            for number in itertools.count(1):
                if until():
                    break
                self.step(number)
        except UnhealedError as error:
            self.unhealed.append(f"{type(self).__name__}: {error}")

    def step(self, number: int) -> None:
        raise NotImplementedError

    def held(self) -> dict[str, list[str]]:
        """What the database holds of it, in the words of ``acknowledged``; twice is twice."""
        raise NotImplementedError

    def failures(self) -> list[str]:
        held = self.held()
        amiss = [name for name, content in self.acknowledged.items() if held.get(name) != [content]]
        doubled = [name for name, contents in held.items() if len(contents) > 1]
        found = {
            "nothing was acknowledged": not self.acknowledged,
            f"{len(amiss)} lost or other than acknowledged: {amiss[:3]}": amiss,
            f"doubled: {doubled[:3]}": doubled,
        }
        return self.unhealed + [f"{type(self).__name__}: {text}" for text, is_so in found.items() if is_so]


class Uploader(Worker):
    """Hands in one paper after the other, each with a form of its own, whose token says that it is the same again."""

    def step(self, number: int) -> None:
        content = b"%PDF-1.4\n% " + uuid.uuid4().hex.encode() * 3_000 + b"\n%%EOF\n"
        fields = {
            "kind": "external_certificate", "title": f"Giấy {number}", "issuer": "Nhà văn hóa",
            "occurred_on": timezone.localdate().strftime("%d/%m/%Y"), "token": str(uuid.uuid4()),
        }  # fmt: skip
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        self.browser.send("POST", "/minh-chung/them/", _multipart(fields, content), kind=kind, expected=(302,))
        self.acknowledged[f"Giấy {number}"] = sha256(content).hexdigest()

    def held(self) -> dict[str, list[str]]:
        files = EvidenceFile.objects.filter(evidence__person=self.user.person).select_related("evidence")
        held: dict[str, list[str]] = {}
        for file in files:
            with file.file.open("rb") as opened:
                held.setdefault(file.evidence.title, []).append(sha256(opened.read()).hexdigest())
        return held


class Writer(Worker):
    """Writes in each indicator of the dossier in turn, and each is saved as it is written."""

    def step(self, number: int) -> None:
        year, indicator, note = timezone.localdate().year, number % 10 + 1, f"Đã làm lần {number}."
        if number == 1:
            self.browser.send("POST", f"/tu-danh-gia/{year}/", "", expected=(302,))
        form = urlencode({f"{indicator}-points": "5", f"{indicator}-note": note})
        self.browser.send("POST", f"/tu-danh-gia/{year}/chi-so/{indicator}/", form, expected=(302,))
        self.acknowledged[str(indicator)] = note

    def held(self) -> dict[str, list[str]]:
        scores = IndicatorScore.objects.filter(dossier__person=self.user.person)
        return {str(number): [note] for number, note in scores.values_list("indicator__number", "self_note")}


@dataclass
class Freezer(Worker):
    """Freezes version after version of a unit's report."""

    unit: Unit | None = None

    def step(self, number: int) -> None:
        assert self.unit is not None
        day = timezone.localdate()
        form = urlencode({"number": number, "day": day.isoformat(), "reason": "Sửa số liệu", "remarks": ""})
        self.browser.send("POST", f"/bao-cao/{day.year}/{self.unit.code}/chot/", form, expected=(302,))
        self.acknowledged[str(number)] = "frozen"

    def held(self) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        for number in FrozenReport.objects.filter(unit=self.unit).values_list("number", flat=True):
            held.setdefault(str(number), []).append("frozen")
        return held


@contextmanager
def working(workers: list[Worker], until: Callable[[], bool]) -> Iterator[None]:
    threads = [Thread(target=worker.work, args=(until,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
        database.close()


def _multipart(fields: dict[str, str], file: bytes) -> bytes:
    parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    named = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="giay.pdf"\r\n'
    head = "".join(parts) + named + "Content-Type: application/pdf\r\n\r\n"
    return head.encode() + file + f"\r\n--{_BOUNDARY}--\r\n".encode()
