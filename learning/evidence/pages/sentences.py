"""The three axes of provenance in plain sentences, for the person and for who judges alike; and one year of a person's
evidence as their page shows it: each fact with where it comes from and what it replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.evidence.kinds import KINDS
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from membership.models import Person

_ORIGINS: dict[str, str | Promise] = {
    Source.SELF: gettext_lazy("Declared by the learner from their own account."),
    Source.OFFICER: gettext_lazy("Noted by an officer."),
    Source.SYSTEM: gettext_lazy("Recorded by this site from what was done on it; nobody typed it in."),
    Source.PACKAGE: gettext_lazy("Reported by an interactive package in a lesson."),
    Source.EXTERNAL: gettext_lazy("From a certificate issued outside this site, entered from the learner's account."),
}

_ASSISTED: dict[str, str | Promise] = {
    Source.SELF: gettext_lazy("Declared by the learner; an officer entered it on their behalf."),
    Source.EXTERNAL: gettext_lazy("From a certificate issued outside this site; an officer entered it."),
}

_RECOMPUTED = gettext_lazy(
    "The score was computed again on the server from the answers. The right answers are in the learner's browser too, "
    "so it proves less than a test marked on the server."
)

_OWN = gettext_lazy("The learner made the content themselves, so it proves no more than their own word.")

_CHECKS: dict[str, str | Promise] = {
    Verification.NONE: gettext_lazy("Nobody has checked it yet."),
    Verification.RECOMPUTED: _RECOMPUTED,
    Verification.DOCUMENT_SEEN: gettext_lazy("An officer has seen the document."),
    Verification.SERVER_MARKED: gettext_lazy("The test was marked on the server."),
    Verification.SIGNED: gettext_lazy("The issuer's signature was checked."),
}

_DOUBTED = gettext_lazy(
    "The test was marked on the server, but something about the attempt waits for a person to look at it. Until then "
    "it counts as unchecked."
)

_SIGNATURES = {
    "own": gettext_lazy("It came in a file that this site signed."),
    "fits": gettext_lazy(
        "It came in a file that %(signer)s signed and that is unchanged since. Whether that is the issuer, and whether "
        "it was revoked, could not be checked here."
    ),
    "unknown": gettext_lazy("It came in a file whose signature could not be checked here."),
    "gone": gettext_lazy(
        "It came in a file that this site signed once; what it tells was erased here since, so it cannot be compared."
    ),
}

_UNNAMED = gettext_lazy("The file does not say whose it is.")
_CONTESTED = gettext_lazy("Somebody else has brought the same: see the original before you confirm it.")
_UNCHECKED = gettext_lazy("Where it was first recorded, nobody had checked it either.")

_UNMARKED: dict[str, str | Promise] = {
    Source.SYSTEM: gettext_lazy("It holds no test marked on the server."),
    Source.PACKAGE: gettext_lazy("It was marked in the browser, not on the server."),
}


def provenance(evidence: Evidence) -> str:
    """Who says so, who typed it in and how surely a sign-on knew them, and how it was checked."""
    return " ".join(filter(None, [_provenance(evidence), signed_in_at(evidence.details.get("identity_level", ""))]))


def signed_in_at(level: str) -> str:
    """How surely an outside sign-on knew who entered it, in its own word for it; empty where none let them in."""
    if not level:
        return ""
    known = {"name": settings.OIDC_NAME or _("an outside sign-on"), "level": level}
    return _("The learner was signed in with %(name)s, at identity level “%(level)s”.") % known


def _provenance(evidence: Evidence) -> str:
    kind = KINDS.get(evidence.kind)
    if kind and (how := evidence.details.get("how")) in kind.origins:
        return str(kind.origins[how])
    if _is_own(evidence):
        return f"{_origin(evidence)} {_OWN}"
    if evidence.details.get("refused_reason") and evidence.verification == Verification.NONE:
        text = _("An officer looked and could not confirm it: %(reason)s")
        return f"{_origin(evidence)} {text % {'reason': evidence.details['refused_reason']}}"
    # Rows from before recomputed scores had a level of their own.
    if evidence.source == Source.PACKAGE and evidence.details.get("verdict") == "verified":
        return f"{_origin(evidence)} {_RECOMPUTED}"
    if is_doubted(evidence):
        return f"{_origin(evidence)} {_DOUBTED}"
    is_unchecked = evidence.verification == Verification.NONE
    check = (_UNMARKED.get(evidence.source) if is_unchecked else None) or _CHECKS[evidence.verification]
    return " ".join(filter(None, [_origin(evidence), signature(evidence.details), str(check)]))


def signature(details: Mapping[str, Any]) -> str:
    """Of what came in a file from elsewhere, what its signature is worth; empty of all else."""
    if details.get("signature") not in _SIGNATURES:
        return ""
    said = str(_SIGNATURES[details["signature"]]) % {"signer": details.get("signer", "")}
    fact = details.get("fact", {})
    doubts = {
        _UNNAMED: details.get("is_unnamed"),
        _CONTESTED: details.get("is_contested"),
        _UNCHECKED: fact.get("verification") == Verification.NONE,
    }
    return " ".join([said, *(str(doubt) for doubt, holds in doubts.items() if holds)])


@dataclass(frozen=True)
class Line:
    evidence: Evidence
    provenance: str
    history: tuple[str, ...]

    @property
    def is_checked(self) -> bool:
        return self.evidence.verification != Verification.NONE

    @property
    def awaits_check(self) -> bool:
        """Whether someone may still look at a paper behind it."""
        kind = KINDS.get(self.evidence.kind)
        is_declared = bool(kind and kind.offered_as) and self.evidence.source in (Source.SELF, Source.EXTERNAL)
        return is_declared and not self.is_checked and not self.refused_reason

    @property
    def refused_reason(self) -> str:
        """Why an officer could not confirm it."""
        return str(self.evidence.details.get("refused_reason", ""))

    @property
    def percent(self) -> int | None:
        score = self.evidence.score
        return None if score is None else round(score * 100)


def line(evidence: Evidence, history: tuple[str, ...] = ()) -> Line:
    return Line(evidence, provenance(evidence), history)


def withdrawn(person: Person, year: int) -> list[str]:
    """What was taken back, in sentences."""
    return [taken_back(row) for row in Evidence.objects.withdrawn(person, year)]


def lines(person: Person, year: int) -> list[Line]:
    """The year's standing facts, latest first: three queries, however many there are."""
    replaced = {row.pk: row for row in Evidence.objects.past_of(person)}
    return [
        line(evidence, tuple(past(row) for row in _chain(evidence, replaced)))
        for evidence in Evidence.objects.for_mine(person, year)
    ]


def is_doubted(evidence: Evidence) -> bool:
    """Whether it rests on a test that was marked on the server and at which a person has still to look."""
    steps = [step for step in evidence.details.get("steps", ()) if isinstance(step, dict)]
    of_attempt = evidence.source == Source.SYSTEM and "attempt" in evidence.details
    return evidence.verification == Verification.NONE and (of_attempt or any(step.get("is_doubted") for step in steps))


def _is_own(evidence: Evidence) -> bool:
    """Whether it rests on contents that the learner made themselves."""
    rests_on = [evidence.details, *(step for step in evidence.details.get("steps", ()) if isinstance(step, dict))]
    return evidence.verification == Verification.NONE and any(part.get("is_own") for part in rests_on)


def _origin(evidence: Evidence) -> str:
    is_assisted = evidence.entered_by == EnteredBy.ASSISTED
    return str((_ASSISTED.get(evidence.source) if is_assisted else None) or _ORIGINS[evidence.source])


def taken_back(withdrawal: Evidence) -> str:
    """That a fact counts no more, since when and why."""
    values = {
        "day": formats.date_format(timezone.localtime(withdrawal.recorded_at), "d/m/Y"),
        "title": withdrawal.title,
        "reason": withdrawal.details.get("reason", ""),
    }
    if values["reason"]:
        return _("“%(title)s” was taken back on %(day)s: %(reason)s") % values
    return _("“%(title)s” was taken back on %(day)s.") % values


def past(evidence: Evidence) -> str:
    """What a superseded row said, and when it was written."""
    return _("On %(day)s this was recorded as “%(title)s” (%(kind)s). %(provenance)s") % {
        "day": formats.date_format(timezone.localtime(evidence.recorded_at), "d/m/Y"),
        "title": evidence.title,
        "kind": evidence.get_kind_display(),
        "provenance": provenance(evidence),
    }


def _chain(evidence: Evidence, replaced: dict[UUID, Evidence]) -> list[Evidence]:
    """What the fact superseded, the latest first."""
    chain, earlier = [], evidence.supersedes_id
    while earlier in replaced:
        chain.append(replaced[earlier])
        earlier = replaced[earlier].supersedes_id
    return chain
