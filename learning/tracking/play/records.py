"""What activities reported about a person, in words: a page at a time, the latest first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from learning.tracking.models import Statement
from learning.tracking.play.statements import VERDICT_EXTENSION
from learning.tracking.querysets.statements import StatementQuerySet
from learning.tracking.store.answers import definitions_of
from learning.tracking.xapi.activities import identity
from learning.tracking.xapi.clients import site_client
from learning.tracking.xapi.filters import cursor_after, read_cursor
from learning.tracking.xapi.shapes import pick
from membership.models import Person
from membership.policy import AnyUser

PER_PAGE = 50
_VERBS: dict[str, Promise] = {
    "answered": pgettext_lazy("statement", "answered"),
    "attempted": pgettext_lazy("statement", "began"),
    "completed": pgettext_lazy("statement", "completed"),
    "experienced": pgettext_lazy("statement", "looked at"),
    "failed": pgettext_lazy("statement", "did not pass"),
    "initialized": pgettext_lazy("statement", "began"),
    "launched": pgettext_lazy("statement", "opened"),
    "mastered": pgettext_lazy("statement", "mastered"),
    "passed": pgettext_lazy("statement", "passed"),
    "terminated": pgettext_lazy("statement", "left"),
}
_VERDICTS: dict[str, Promise] = {
    "verified": gettext_lazy("recomputed from the answers"),
    "unverified": gettext_lazy("as the exercise says; not checked"),
    "rejected": gettext_lazy("not counted, the score does not follow from the answers"),
}


@dataclass(frozen=True)
class Record:
    stored: datetime.datetime
    verb: str
    about: str
    result: str
    told_by: str


@dataclass(frozen=True)
class Records:
    """``before`` is where the next page begins; empty on the last one."""

    lines: list[Record]
    before: str


def statements_of(person: Person, user: AnyUser) -> StatementQuerySet:
    """Those about the person that the user may see, the latest first."""
    return Statement.objects.visible_to(user).about(person).order_by("-stored", "-pk").only("id", "stored", "body")


def records_of(person: Person, user: AnyUser, before: str = "") -> Records:
    """A page of them: two queries, however many there are. Raises RefusedError for no place of ours."""
    found = statements_of(person, user)
    rows = list((found.stored_before(*read_cursor(before)) if before else found)[: PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    return Records(
        lines=lines_of(shown), before=cursor_after(shown[-1].stored, shown[-1].pk) if len(rows) > PER_PAGE else ""
    )


def lines_of(rows: Sequence[Statement]) -> list[Record]:
    known = definitions_of({address for row in rows for address in _addresses(row.body["object"])})
    return [
        Record(
            stored=row.stored,
            verb=_verb(row.body["verb"]),
            about=_about(row.body["object"], known),
            result=_result(row.body),
            told_by=row.body["authority"].get("name", ""),
        )
        for row in rows
    ]


def _verb(verb: dict[str, Any]) -> str:
    name = verb["id"].rstrip("/").rpartition("/")[2]
    return str(_VERBS.get(name) or _in_language(verb.get("display")) or name)


def _about(target: dict[str, Any], known: dict[str, dict[str, Any]]) -> str:
    """The activity's name, that of the whole where it is a part; else what identifies it."""
    if target.get("objectType", "Activity") != "Activity":
        return target.get("name") or target.get("id") or _("something else")
    for address in _addresses(target):
        definition = target.get("definition") if address == target["id"] else None
        if name := _in_language((definition or known.get(address, {})).get("name")):
            return name if address == target["id"] else _("A part of “%(whole)s”") % {"whole": name}
    return str(target["id"])


def _addresses(target: dict[str, Any]) -> list[str]:
    """The activity's own, and that of the whole whose part it may be."""
    if target.get("objectType", "Activity") != "Activity":
        return []
    whole = target["id"].partition("?")[0]
    return list(dict.fromkeys([target["id"], whole]))


def _result(body: dict[str, Any]) -> str:
    """The score, and what it is worth: only this site's own word counts for that."""
    result = body.get("result", {})
    score = _score(result.get("score", {}))
    if identity(body["authority"]) == identity(site_client().authority):
        verdict = _VERDICTS.get(str(result.get("extensions", {}).get(VERDICT_EXTENSION)))
    else:
        verdict = gettext_lazy("as told; not checked") if score else None
    return "; ".join(filter(None, [score, str(verdict or "")]))


def _score(score: dict[str, Any]) -> str:
    raw, maximum, scaled = (score.get(name) for name in ("raw", "max", "scaled"))
    if raw is not None and maximum is not None:
        values = {"score": number_format(raw), "maximum": number_format(maximum)}
        return _("%(score)s of %(maximum)s") % values
    if scaled is not None:
        return f"{number_format(round(scaled * 100))} %"
    return "" if raw is None else number_format(raw)


def _in_language(language_map: dict[str, str] | None) -> str:
    return next(iter(pick(language_map, get_language() or "vi").values()), "") if language_map else ""
