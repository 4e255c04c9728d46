"""A kind of certificate as a paper and as an Open Badges 3.0 credential: in Vietnamese whatever language the page is
read in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from badges.credentials import LEARNED, Achieved, image_of, issuer_name
from badges.kinds import Kind
from badges.shape import Document
from interface.owner import logo_on_paper, owner
from papers.attestation import Attestation


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one certificate says: what the person ``did`` with ``what``, when, about it, and that it attests no more
    than this. ``badge`` is the part of the achievement that is its own; ``sign`` says what its picture shows."""

    did: str
    what: str
    day: str
    about: str
    limits: str
    badge: Document
    sign: str


@dataclass(frozen=True, kw_only=True)
class Certificates:
    """``rows`` are read ``visible_to`` somebody, ``for_paper`` or ``for_everybody``, and have ``code``, ``holder``,
    ``issued_at`` and ``is_revoked``; ``template`` is their public page, which ``shown`` tells what no row knows."""

    kind: Kind
    rows: Any
    words: Callable[[Any], Words]
    template: str
    shown: Callable[[Any], Mapping[str, str]] = field(default=lambda _given: {})

    def paper_of(self, given: Any, address: str) -> Attestation:
        """``address`` is where it is verified."""
        words = self.words(given)
        return Attestation(
            issuer=issuer_name(),
            contact=owner().contact,
            logo=list(logo_on_paper()),
            name=given.holder.full_name,
            did=words.did,
            what=words.what,
            day=words.day,
            about=words.about,
            code=given.code,
            address=address,
            limits=words.limits,
        )

    def achieved(self, given: Any) -> Achieved:
        words = self.words(given)
        return Achieved(
            kind=self.kind,
            key=given.pk,
            code=given.code,
            name=words.what,
            since=given.issued_at,
            identities=[(given.holder.full_name, "name"), (given.code, "identifier")],
            achievement={
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "image": image_of(LEARNED, words.sign),
                "inLanguage": "vi",
                **words.badge,
            },
        )
