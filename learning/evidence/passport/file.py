"""A record or badge from elsewhere, as a kind of import: what each achievement would become, then just that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from badges.keys import issuer
from badges.strangers import Signature
from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome, RefusedError, UnreadableError
from interface.vietnamese import fold
from learning.evidence.actions import RecordRefusedError, bring_in
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import signature
from learning.evidence.passport.reading import Entry, entries, is_signed
from membership.models import Person


@dataclass(frozen=True)
class Standing:
    """What the ledger holds already: of the person's own, whether it was taken back; keys that others have, and whether
    theirs is signed; and whose the entries are that were first told here."""

    own: dict[str, bool]
    strange: dict[str, bool]
    told_here: dict[str, int]


class PassportFile(Kind[Entry]):
    """Of one's own learning, read and written while the person waits."""

    key = "passport"
    at_once = is_whole = True
    is_kept = False
    kept_days = 1
    chunk = most_rows = 1000
    most_bytes = 2 * 1024 * 1024
    excerpt_label = gettext_lazy("Achievement")
    labels = {
        Outcome.CREATE: gettext_lazy("Will be added"),
        Outcome.SAME: gettext_lazy("Stands already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        own = getattr(user, "person_id", None)
        return own is not None and Person.objects.filter(pk=own, withdrawn_at=None).exists()

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Add %(count)d achievement", "Add %(count)d achievements", count) % {"count": count}

    def rows(self, content: bytes) -> Iterator[Entry]:
        """Raises UnreadableError also for a file that is about somebody else."""
        for entry in entries(content, self.at):
            if entry.names and fold(self._person.full_name) not in map(fold, entry.names):
                raise UnreadableError(
                    _("The file is about %(name)s. Only your own learning can be added here.")
                    % {"name": entry.names[0]}
                )
            yield entry

    def compare(self, rows: Sequence[Entry]) -> Iterator[Line]:
        """Three queries, however many achievements the file holds."""
        keys = [key for row in rows for key in (row.key, row.signed_key)]
        standing = Standing(
            Evidence.objects.brought_by(self._person),
            {one.source_key: is_signed(one.details) for one in Evidence.objects.filter(source_key__in=keys)},
            Evidence.objects.told_here([row.identity for row in rows if row.issuer == issuer()]),
        )
        before: set[str] = set()
        for number, row in enumerate(rows, start=1):
            excerpt = f"{date_format(localtime(row.occurred_at), 'd/m/Y')} {row.title} ({row.issuer_name})"
            outcome, reason = _fate(row, standing, self._person.pk, row.key in before)
            content = _content(row, standing) if outcome == Outcome.CREATE else None
            yield Line(number, "", excerpt, outcome, "", (reason,) if reason else (), content)
            before.add(row.key)

    def write(self, lines: Sequence[ImportLine]) -> None:
        told = [line.content for line in lines if line.content]
        facts = [content | {"occurred_at": parse_datetime(content["occurred_at"]), "score": _number(content["score"])}
                 for content in told]  # fmt: skip
        try:
            new = bring_in(person=self._person, facts=facts, by=self.by, at=self.at)
        except RecordRefusedError as refused:
            message = _("One of them stands on another record by now. Choose the file once more.")
            raise RefusedError(message) from refused
        self.batch.details["added"] = len(new)

    @cached_property
    def _person(self) -> Person:
        return Person.objects.get(pk=self.by.person_id)


def _fate(row: Entry, standing: Standing, person_id: int, is_second: bool) -> tuple[Outcome, str]:
    """What becomes of it, and why, or how far it could be checked."""
    if own := standing.own.keys() & {row.key, row.signed_key}:
        is_back = any(standing.own[key] for key in own)
        return Outcome.SAME, _("You took it back here, so it is not added again.") if is_back else ""
    if row.identity in standing.told_here:
        if standing.told_here[row.identity] == person_id:
            return Outcome.SAME, _("It was recorded on this site.")
        return Outcome.SKIP, _("It was recorded on this site about somebody else.")
    if row.issuer == issuer() and row.link:
        return Outcome.SAME, _("It was given by this site.")
    if is_second:
        return Outcome.SKIP, _("Stands in the file twice")
    if row.is_signed and standing.strange.get(row.key) is False and row.signed_key not in standing.strange:
        return Outcome.CREATE, _("Somebody else has brought a copy that is not signed. Officers read it beside both.")
    if row.key in standing.strange:
        return Outcome.SKIP, _("It stands on another record. If that is yours too, tell an officer: two become one.")
    return Outcome.CREATE, signature(_details(row))


def _details(row: Entry) -> dict[str, Any]:
    """What this site signed and does not know any more was erased here."""
    return row.details | ({"signature": "gone"} if row.signature == Signature.OWN else {})


def _content(row: Entry, standing: Standing) -> dict[str, Any]:
    is_contested = row.key in standing.strange
    return {
        "source_key": row.signed_key if is_contested else row.key,
        "kind": row.kind,
        "title": row.title,
        "occurred_at": row.occurred_at.isoformat(),
        "score": None if row.score is None else str(row.score),
        "details": _details(row) | ({"is_contested": True} if is_contested else {}),
    }


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
