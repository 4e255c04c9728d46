"""A person's whole record as a Comprehensive Learner Record 2.0: a credential of the site that holds one achievement
for each fact, with its evidence and provenance in words, and beside the words the fact itself, so that another site of
this kind reads it back without loss."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from badges.proofs import CREDENTIALS, LEARNER_RECORDS, OPEN_BADGES, moment
from badges.shape import Document
from learning.evidence.kinds import KINDS, Kind
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance

# A member for what no vocabulary has words for: signed as it is written, passed over by who does not know it.
FACT = {"fact": {"@id": "urn:cong-dan-hoc-tap:fact", "@type": "@json"}}
_NAME = "Hồ sơ học tập"
_TYPES: dict[str, str] = {
    Kind.COURSE_COMPLETED: "CertificateOfCompletion",
    Kind.QUIZ_PASSED: "Assessment",
    Kind.EXTERNAL_CERTIFICATE: "Certificate",
}
# Of what stands beside a fact, that which says what it is; who confirmed it and when is told in words.
_TOLD = ("issuer", "code", "link", "note")


@dataclass(frozen=True)
class Holder:
    """``national_code`` is that of the national record, where the person gave it."""

    name: str
    code: str
    national_code: str = ""


def record_of(
    holder: Holder, facts: Iterable[tuple[Evidence, uuid.UUID]], others: Iterable[Document], issuer: Document,
    at: datetime.datetime,
) -> Document:  # fmt: skip
    """The unsigned record, of rows joined with their files. With each goes the key of the row that first told it;
    ``others`` are credentials that apps above add."""
    return {
        "@context": [CREDENTIALS, LEARNER_RECORDS, OPEN_BADGES, FACT],
        "id": _named(f"{holder.code}#record"),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": _NAME,
        "issuer": issuer,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": _named(holder.code),
            "type": ["ClrSubject"],
            "identifier": [*_identities(holder)],
            "verifiableCredential": [*(_credential(row, first, issuer) for row, first in facts), *others],
        },
    }


def fact_of(evidence: Evidence) -> dict[str, Any]:
    """What the row says, in values that JSON knows; of what was brought in, what it said where it was recorded."""
    brought = evidence.details.get("fact")
    if isinstance(brought, dict):
        return brought
    return {
        "kind": evidence.kind,
        "title": evidence.title,
        "occurred_at": moment(evidence.occurred_at),
        "score": None if evidence.score is None else f"{evidence.score:f}",
        "page_key": str(evidence.page_key) if evidence.page_key else None,
        "page_revision": evidence.page_revision,
        "topics": evidence.topics,
        "source": evidence.source,
        "verification": evidence.verification,
        "entered_by": evidence.entered_by,
        "details": {name: evidence.details[name] for name in _TOLD if evidence.details.get(name)},
        "files": [{"name": kept.name, "sha256": kept.sha256} for kept in evidence.files.all()],
    }


def origin_of(evidence: Evidence, first: uuid.UUID, issuer: Document) -> dict[str, str]:
    """Where the fact was first told, and its name there: by which it counts once wherever it is brought."""
    brought = evidence.details.get("origin")
    return brought if isinstance(brought, dict) else {"issuer": issuer["id"], "id": f"urn:uuid:{first}"}


def _credential(evidence: Evidence, first: uuid.UUID, issuer: Document) -> Document:
    """Each names its learner anew: of one learner, what is signed would not tell whose result is which."""
    with override("vi"):
        described, checked = _sentence(evidence), provenance(evidence)
    told = {"origin": origin_of(evidence, first, issuer), **fact_of(evidence)}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES, FACT],
        "id": f"urn:uuid:{first}",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": evidence.title,
        "issuer": issuer,
        "validFrom": moment(evidence.occurred_at),
        "credentialSubject": {
            "id": _named(f"{first}#learner"),
            "type": ["AchievementSubject"],
            "achievement": {
                "id": _named(f"{first}#achievement"),
                "type": ["Achievement"],
                "achievementType": _TYPES.get(evidence.kind, "Achievement"),
                "name": evidence.title,
                "description": described,
                "criteria": {"narrative": checked},
                "inLanguage": "vi",
            },
            **_result(evidence),
        },
        "evidence": [{"type": ["Evidence"], "narrative": checked, "fact": told}],
    }


def _result(evidence: Evidence) -> Document:
    return {} if evidence.score is None else {"result": [{"type": ["Result"], "value": f"{evidence.score:f}"}]}


def _identities(holder: Holder) -> Iterable[Document]:
    said: Mapping[str, str] = {
        "name": holder.name,
        "systemId": holder.code,
        "ext:nationalLearningRecord": holder.national_code,
    }
    for kind, value in said.items():
        if value:
            yield {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _named(what: str) -> str:
    """The same name for the same thing of this site at each download, and nobody else's."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.BASE_URL}/{what}')}"


def _sentence(evidence: Evidence) -> str:
    kind = KINDS.get(evidence.kind)
    values = {"title": evidence.title, "day": f"{timezone.localdate(evidence.occurred_at):%d/%m/%Y}"}
    return f"{str(kind.told) % values}." if kind else evidence.title
