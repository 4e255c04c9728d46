"""The three axes of provenance in plain sentences, for the person and for who judges alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.evidence.models import EnteredBy, Source, Verification

if TYPE_CHECKING:
    from learning.evidence.models import Evidence

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
_CHECKS: dict[str, str | Promise] = {
    Verification.NONE: gettext_lazy("Nobody has checked it yet."),
    Verification.DOCUMENT_SEEN: gettext_lazy("An officer has seen the document."),
    Verification.SERVER_MARKED: gettext_lazy("The test was marked on the server."),
    Verification.SIGNED: gettext_lazy("The issuer's signature was checked."),
}
_UNMARKED: dict[str, str | Promise] = {
    Source.SYSTEM: gettext_lazy("It holds no test marked on the server."),
    Source.PACKAGE: gettext_lazy("It was marked in the browser, not on the server."),
}


def provenance(evidence: Evidence) -> str:
    """Who says so, who typed it in, and how it was checked."""
    is_assisted = evidence.entered_by == EnteredBy.ASSISTED
    origin = (_ASSISTED.get(evidence.source) if is_assisted else None) or _ORIGINS[evidence.source]
    is_unchecked = evidence.verification == Verification.NONE
    check = (_UNMARKED.get(evidence.source) if is_unchecked else None) or _CHECKS[evidence.verification]
    return f"{origin} {check}"


def past(evidence: Evidence) -> str:
    """What a superseded row said, and when it was written."""
    return _("On %(day)s this was recorded as “%(title)s” (%(kind)s). %(provenance)s") % {
        "day": formats.date_format(timezone.localtime(evidence.recorded_at), "d/m/Y"),
        "title": evidence.title,
        "kind": evidence.get_kind_display(),
        "provenance": provenance(evidence),
    }
