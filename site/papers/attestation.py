"""That somebody learned something, as an accessible PDF (PDF/UA-1) with a code: a finished course, a session attended.
Its words are Vietnamese whatever language the page is read in."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from papers.files import FONTS, qr_of
from papers.paper import printable
from papers.typesetting import drawn

_PAPER = Path(__file__).parent / "attestation.typ"


@dataclass(frozen=True)
class Attestation:
    """``address`` is where a code is verified, ``did`` and ``what`` that which the person did and with what; ``limits``
    says in a sentence what it attests and no more. ``logo`` holds the bytes of a picture."""

    issuer: str
    contact: str
    logo: Sequence[int]
    name: str
    did: str
    what: str
    day: str
    about: str
    code: str
    address: str
    limits: str


def pdf_of_attestation(attestation: Attestation, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """``kind`` is "pdf", or "png" for looking at it."""
    told = printable(attestation)
    title = f"Chứng nhận {told.did}: {told.name}, {told.what}"
    said = asdict(told) | {"qr": qr_of(f"{told.address}{told.code}/")}
    return drawn(_PAPER, FONTS, {"title": title, "certificate": json.dumps(said)}, kind)
