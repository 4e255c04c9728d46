"""Who issues decisions meanwhile, and who confirms their signed copies, on the pages where recognisers do it."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils import timezone

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Title
from tests.faults.browser import Browser, UnhealedError
from tests.faults.others import Worker

_PAUSE_SECONDS = 4  # for reading the list, so that signing goes on as long as the rain does
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
_COPY = re.compile(r'name="copy" value="([0-9]+)"')
_MULTIPART = "multipart/form-data; boundary=scan"


@dataclass
class Signer(Worker):
    """Puts one dossier after the other on a list, reads it, issues it and hands the scan in, which the second officer
    confirms; whoever got no answer presses again."""

    second: Browser = field(kw_only=True)
    dossiers: list[Dossier] = field(default_factory=list)

    def step(self, number: int) -> None:
        time.sleep(_PAUSE_SECONDS)
        if number > len(self.dossiers):
            return
        dossier = self.dossiers[number - 1]
        chosen = urlencode({"dossier": dossier.pk})
        _body, address = self.browser.send("POST", "/danh-gia/quyet-dinh/lap/", chosen, expected=(302,))
        page, _place = self.browser.send("GET", address, None, expected=(200,))
        seen = _SEEN.search(page)
        if not seen:
            raise UnhealedError(f"{address} shows no list to sign")
        named = {"number": f"F{number}/QĐ-UBND", "signed_on": timezone.localdate().isoformat(), "seen": seen[1]}
        signed = urlencode(named | {"signer_name": "Người ký", "signer_title": "Chủ tịch"})
        self.browser.send("POST", f"{address}ban-hanh/", signed, expected=(302,))
        self._sign(address)
        self.acknowledged[str(dossier.pk)] = named["number"]

    def _sign(self, address: str) -> None:
        scan = (
            '--scan\r\nContent-Disposition: form-data; name="copy"; filename="scan.pdf"\r\n'
            f"Content-Type: application/pdf\r\n\r\n%PDF-1.7 {address}\r\n--scan--\r\n"
        )
        self.browser.send("POST", f"{address}nop-ban-ky/", scan, kind=_MULTIPART, expected=(302,))
        page, _place = self.second.send("GET", address, None, expected=(200,))
        copy = _COPY.search(page)
        if not copy:
            raise UnhealedError(f"{address} shows no copy to confirm")
        self.second.send("POST", f"{address}xac-nhan/", urlencode({"copy": copy[1]}), expected=(302,))

    def held(self) -> dict[str, list[str]]:
        """The decisions by which each person has a title; titles of two decisions would be twice."""
        held: dict[str, list[str]] = {}
        titles = Title.objects.filter(person__in=[dossier.person_id for dossier in self.dossiers])
        for dossier, number in titles.values_list("dossier", "decision__number"):
            held.setdefault(str(dossier), []).append(number)
        return held
