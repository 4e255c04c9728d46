"""A record or a credential from elsewhere, read into what each of its achievements says. Strangers write such files:
each value is taken only as what it must be, and within what the ledger can hold."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from badges.proofs import NotGenuineError, issuer_of
from badges.shape import Document, many, moment_of, text_of
from badges.strangers import Signature, read_signed
from intake.plan import UnreadableError
from intake.strict_json import finite
from interface.vietnamese import nfc
from learning.evidence.facts import SIGNED, TITLE_LENGTH
from learning.evidence.kinds import Kind

_EARLIEST = datetime.datetime(1950, 1, 1, tzinfo=datetime.UTC)
_LONGEST = 500  # of any text that is no title
_LARGEST = 8000  # signs of a fact
_ACHIEVEMENTS = {"AchievementCredential", "OpenBadgeCredential"}


@dataclass(frozen=True)
class Entry:
    """One achievement. ``fact`` is what another site of this kind wrote down, None from others; ``names`` are those of
    whom the file is about, empty where it does not say; ``signer`` is whoever signed the file, who need not be the
    issuer."""

    issuer: str
    issuer_name: str
    identity: str
    title: str
    occurred_at: datetime.datetime
    score: Decimal | None
    link: str
    fact: dict[str, Any] | None
    names: tuple[str, ...]
    signature: Signature
    signer: str

    @property
    def key(self) -> str:
        """The same achievement has the same, in whichever file it comes."""
        return f"brought:{hashlib.sha256(f'{self.issuer} {self.identity}'.encode()).hexdigest()[:40]}"

    @property
    def signed_key(self) -> str:
        """Under which it stands beside a copy that somebody else brought before, unsigned."""
        return f"{self.key}{SIGNED}"

    @property
    def is_signed(self) -> bool:
        """By a key that names itself after the issuer."""
        return is_signed(self.details)

    @property
    def kind(self) -> Kind:
        """What a person declared there is their word here too; all else can be confirmed."""
        is_declared = self.fact is not None and self.fact.get("kind") == Kind.DECLARATION
        return Kind.DECLARATION if is_declared else Kind.EXTERNAL_CERTIFICATE

    @property
    def details(self) -> dict[str, Any]:
        """What stands beside the fact in the ledger."""
        said = {"issuer": self.issuer_name, "code": self.identity, "link": self.link, "signer": self.signer}
        known = {name: value for name, value in said.items() if value}
        origin = {"issuer": self.issuer, "id": self.identity}
        unnamed = {} if self.names else {"is_unnamed": True}
        told = {} if self.fact is None else {"fact": self.fact}
        return {**known, "signature": str(self.signature), "origin": origin, **unnamed, **told}


def is_signed(details: dict[str, Any]) -> bool:
    """Of an entry, and of a row that was made of one."""
    named = details.get("origin", {}).get("issuer")
    return details.get("signature") != Signature.UNKNOWN and details.get("signer") == named


def entries(content: bytes, at: datetime.datetime) -> Iterator[Entry]:
    """Raises UnreadableError, in words: for the whole file, since what is signed is all of it or nothing."""
    try:
        signed = read_signed(content.decode("utf-8-sig"), at)
        yield from _entries(signed.credential, signed.signature, at)
    except NotGenuineError as error:
        message = _("This file is not as it was signed, or is no signed record at all. Download it anew, unchanged.")
        raise UnreadableError(message) from error
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(_("This is no learning record and no badge file (.json or .jwt).")) from error


def _entries(credential: Document, signature: Signature, at: datetime.datetime) -> Iterator[Entry]:
    types, signer = set(many(credential["type"])), issuer_of(credential)
    whole = [one for one in many(credential["credentialSubject"]) if isinstance(one, dict)]
    inner = [part for one in whole for part in many(one.get("verifiableCredential", []))]
    parts = inner if "ClrCredential" in types else [credential] if types & _ACHIEVEMENTS else []
    if not parts:
        raise UnreadableError(_("The file holds no achievement."))
    for part in parts:
        subjects = [one for one in many(part["credentialSubject"]) if isinstance(one, dict)]
        names = tuple(name for one in [*whole, *subjects] for name in _names(one))
        yield _entry(part, subjects, names, signature, signer, at)


def _entry(
    part: Document, subjects: list[Document], names: tuple[str, ...], signature: Signature, signer: str,
    at: datetime.datetime,
) -> Entry:  # fmt: skip
    achievement, *_more = [one["achievement"] for one in subjects if "achievement" in one]
    told = _told(part)
    origin, fact = told.pop("origin", None), told or None
    issuer, identity = issuer_of(part), part.get("id") or _digest(part)
    if isinstance(origin, dict):
        issuer, identity = origin["issuer"], origin["id"]
    when = (fact or {}).get("occurred_at") or part.get("validFrom") or part.get("issuanceDate")
    return Entry(
        issuer=_line(issuer),
        issuer_name=_line(_certifier(fact) or _name(part.get("issuer")) or issuer)[:200],
        identity=_line(identity),
        title=_title((fact or {}).get("title") or text_of(achievement["name"])),
        occurred_at=_past(when, at),
        score=_score(fact),
        link=_link(part.get("id")),
        fact=fact,
        names=names,
        signature=signature,
        signer=_line(signer),
    )


def _told(part: Document) -> dict[str, Any]:
    """The fact that another site of this kind wrote beside the words."""
    for one in many(part.get("evidence", [])):
        if isinstance(one, dict) and isinstance(one.get("fact"), dict):
            written = json.dumps(one["fact"], ensure_ascii=False)
            if len(written) > _LARGEST or nfc(written) != written or "\\u00" in written:
                raise _unkept()
            json.loads(written, parse_int=finite)  # else it could be kept, and never signed again
            return dict(one["fact"])
    return {}


def _certifier(fact: dict[str, Any] | None) -> object:
    """Who gave the certificate that a person entered at the other site: not that site, which signs the file."""
    details = (fact or {}).get("details")
    return details.get("issuer") if isinstance(details, dict) else None


def _names(subject: Document) -> Iterator[str]:
    for one in many(subject.get("identifier", [])):
        if isinstance(one, dict) and one.get("identityType") == "name" and not one.get("hashed"):
            yield _line(one["identityHash"])


def _name(issuer: object) -> str:
    return text_of(issuer["name"]) if isinstance(issuer, dict) and issuer.get("name") else ""


def _digest(part: Document) -> str:
    """Of what bears no name."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(part, sort_keys=True))}"


def _line(value: object) -> str:
    if not isinstance(value, str) or not nfc(value) or len(value) > _LONGEST:
        raise _unkept()
    return nfc(value)


def _title(value: object) -> str:
    return _line(value)[:TITLE_LENGTH]


def _link(value: object) -> str:
    is_page = isinstance(value, str) and value.startswith(("https://", "http://")) and len(value) <= _LONGEST
    return nfc(str(value)) if is_page else ""


def _past(value: object, at: datetime.datetime) -> datetime.datetime:
    when = moment_of(value, "validFrom")
    if not _EARLIEST <= when <= at:
        raise UnreadableError(_("A day in the file lies before 1950 or is still to come."))
    return when


def _score(fact: dict[str, Any] | None) -> Decimal | None:
    said = (fact or {}).get("score")
    if said is None:
        return None
    try:
        score = Decimal(str(said))
    except InvalidOperation as error:
        raise _unkept() from error
    if not score.is_finite() or not 0 <= score <= 1:
        raise _unkept()
    return round(score, 4)


def _unkept() -> UnreadableError:
    return UnreadableError(_("A name, an issuer or a result in the file is missing, too long or no text."))
