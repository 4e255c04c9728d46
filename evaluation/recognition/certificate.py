"""The certificate as an accessible PDF (PDF/UA-1), drawn by Typst from a title."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from evaluation.recognition.models import Title
from evaluation.recognition.papers.issuers import issuer_of, seat_named
from evaluation.recognition.papers.signing import capacity_of, head_of
from interface.illustrations import emblem_numbers, printed_emblem
from papers.files import FONTS, qr_of
from papers.paper import printable
from papers.typesetting import Inputs, drawn

PAPER = Path(__file__).parent / "papers" / "certificate.typ"


@dataclass(frozen=True)
class Certificate:
    """What stands on the paper, as plain text."""

    body: str
    authority: str
    place: str
    number: str
    name: str
    home: str
    year: str
    decision: str
    day: str
    month: str
    signed_year: str
    signer_title: str
    signer_name: str
    code: str
    address: str
    qr: str


def certificate_pdf(title: Title, address: str) -> bytes:
    """The paper for a title with its decision, unit and person joined; ``address`` is where it is verified."""
    return render(certificate_of(title, address), "pdf")


def certificate_of(title: Title, address: str) -> Certificate:
    decision = title.decision
    if decision.signed_on is None:
        raise ValueError("a title without a signed decision")
    body = decision.issuer or issuer_of(decision.unit)
    return Certificate(
        body=body,
        authority=f"{head_of(decision.signer_title, decision.unit)} {body}",
        place=seat_named(body),
        number=title.number,
        name=title.name,
        home=title.place,
        year=str(title.year),
        decision=decision.number,
        # NĐ 30/2020/NĐ-CP: days below 10 and months 1 and 2 carry a zero.
        day=f"{decision.signed_on.day:02d}",
        month=f"{decision.signed_on.month:02d}" if decision.signed_on.month < 3 else str(decision.signed_on.month),
        signed_year=str(decision.signed_on.year),
        signer_title="\n".join(capacity_of(decision.signer_title, decision.unit)),
        signer_name=decision.signer_name,
        code=title.code,
        address=address,
        qr=qr_of(f"{address}{title.code}/"),
    )


def render(certificate: Certificate, kind: Literal["pdf", "png"]) -> bytes:
    """``kind`` is "pdf", or "png" for looking at it."""
    return drawn(PAPER, FONTS, inputs_of([certificate]), kind)


def inputs_of(certificates: Sequence[Certificate]) -> Inputs:
    """What the paper's template takes: a page for each."""
    certificates = printable(certificates)
    first = certificates[0]
    whose = first.name if len(certificates) == 1 else f"Quyết định số {first.decision}"
    title = f"Giấy công nhận Công dân học tập năm {first.year}: {whose}"
    return {
        "title": title,
        "certificates": json.dumps([asdict(certificate) for certificate in certificates]),
        "emblems": json.dumps([printed_emblem(number) for number in emblem_numbers()]),
    }
