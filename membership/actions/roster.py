"""Lists of people as a kind of import: looked at row by row, carried out chunk by chunk, undone where nobody has built
upon it since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import WRITTEN, Line, Outcome, RefusedError, UnreadableError
from intake.tables import Row, rows
from interface.card_numbers import without_card_numbers
from interface.vietnamese import fold
from membership.actions.people import citizen_id_hash
from membership.actions.roster_undoing import undo_lines
from membership.actions.roster_writing import end_memberships, write_verdicts
from membership.likeness.everybody import Everybody
from membership.likeness.weighing import Candidate
from membership.models import Membership, Role
from membership.policy import Action, may
from membership.querysets import MembershipQuerySet
from membership.roster.columns import layout
from membership.roster.entries import Entry, read_entry, text_of, written_birth
from membership.roster.judging import Verdict, judge
from membership.roster.oneroster import oneroster_rows
from membership.roster.places import Places, places_of
from membership.roster.standing import standing_for


class Gone(NamedTuple):
    """A member whom a list leaves out that says it is complete."""

    membership: int
    person: int
    code: str
    name: str
    unit: str


class Roster(Kind[Row | Gone]):
    """``details``: the ``unit`` into which it goes, and whether the list ``is_complete``."""

    key = "roster"
    can_undo = True
    kept_days = 30
    most_bytes = 100 * 1024 * 1024
    excerpt_label = gettext_lazy("Who")
    labels = dict(Outcome.choices)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._seen: set[int] = set()  # people whom a line names, surely or perhaps
        self._unsure: set[str] = set()  # folded names of lines of whom nobody knows whom they mean
        self._lines: dict[int, int] = {}  # who is told of, as a number, by the line that does

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.MANAGE_PEOPLE)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Carry out %(count)d line", "Carry out %(count)d lines", count) % {"count": count}

    def rows(self, content: bytes) -> Iterator[Row | Gone]:
        if self._places.chosen is None:
            raise UnreadableError(_("The unit that you chose is none of yours any more."))
        yield from oneroster_rows(content) or rows(content, layout())

    def rest(self) -> Iterator[Row | Gone]:
        if not self.batch.details.get("is_complete"):
            return
        members = (
            self._members()
            .order_by("pk")
            .values_list("pk", "person", "person__code", "person__full_name", "unit__name")
        )
        after = members[: self.chunk]
        while found := list(after):
            for member in found:
                if member[1] not in self._seen and fold(member[3]) not in self._unsure:
                    yield Gone(*member)
            after = members.filter(pk__gt=found[-1][0])[: self.chunk]

    def compare(self, rows: Sequence[Row | Gone]) -> Iterator[Line]:
        read = [(row, self._read(row)) for row in rows if isinstance(row, Row)]
        entries = [told[0] for _row, told in read if isinstance(told, tuple)]
        like = dict(zip(entries, self._like(entries), strict=True))
        about = {candidate.other for found in like.values() for candidate in found}
        standing = standing_for(entries, self._places, self._day, about)
        for row, told in read:
            if isinstance(told, str):
                self._unsure.add(fold(text_of(row.cells, "name")))
                yield Line(row.line, excerpt=text_of(row.cells, "name"), reasons=(told,))
                continue
            entry, left_out = told
            verdict = judge(entry, standing, self._places, self.by.person_id, like[entry])
            if verdict.outcome == Outcome.DOUBT:
                self._seen.update(candidate.other for candidate in like[entry])
            yield _line(row.line, entry, self._told_once(row.line, entry, verdict), left_out, self._places)
        yield from (self._gone(row) for row in rows if isinstance(row, Gone))

    def write(self, lines: Sequence[ImportLine]) -> None:
        self._refuse_out_of_reach()
        about = {"places": self._places, "by": self.by, "at": self.at}
        write_verdicts([line for line in lines if line.outcome != Outcome.END], **about)
        end_memberships([line for line in lines if line.outcome == Outcome.END], **about)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        self._refuse_out_of_reach()
        undo_lines(lines, day=self._day)

    def _refuse_out_of_reach(self) -> None:
        if self._places.chosen is None:
            raise RefusedError(_("The unit that you chose is none of yours any more."))

    @cached_property
    def _places(self) -> Places:
        return places_of(self.by, self.batch.details.get("unit", 0), self._day)

    @cached_property
    def _everybody(self) -> Everybody:
        return Everybody(self._day)

    def _like(self, entries: Sequence[Entry]) -> list[list[Candidate]]:
        """Nobody for whom the list says themselves who they are."""
        place_of = self._everybody.place_of
        unsure = [entry for entry in entries if not entry.code and not entry.is_new]
        found = self._everybody.like([entry.record(place_of(entry.unit)) for entry in unsure])
        told = dict(zip(unsure, found, strict=True))
        return [told.get(entry, []) for entry in entries]

    @cached_property
    def _day(self) -> Any:
        return timezone.localdate(self.at)

    def _members(self) -> MembershipQuerySet:
        units = list(self._places.by_pk)
        members = Membership.objects.on(self._day).filter(role=Role.MEMBER, valid_to=None, unit__in=units)
        return members.exclude(person=self.by.person_id)

    def _read(self, row: Row) -> tuple[Entry, list[str]] | str:
        """The row as plain values, or why it cannot come in."""
        if row.unclear:
            reason = _("“%(text)s” may be in Unicode, unlike the rest of its column: convert the column to Unicode.")
            return reason % {"text": without_card_numbers(row.unclear)}
        try:
            entry, left_out = read_entry(row.cells, self._places, self._day, citizen_id_hash)
            is_converted = [_("Converted from %(letters)s.") % {"letters": row.letters}] if row.letters else []
            return entry, [*is_converted, *left_out]
        except ValueError as refused:
            return str(refused)

    def _told_once(self, line: int, entry: Entry, verdict: Verdict) -> Verdict:
        """A second line about one person is left in doubt; so is one that an earlier line may mean as well."""
        if verdict.known is not None:
            self._seen.add(verdict.known.pk)
        elif verdict.outcome != Outcome.CREATE:
            self._unsure.add(entry.folded)
        if verdict.known is None and verdict.outcome != Outcome.CREATE:
            return verdict
        asked, kept = self._whom(entry, verdict)
        first = min((self._lines.get(hash(key), line) for key in asked), default=line)
        for key in kept:
            self._lines.setdefault(hash(key), line)
        if first == line:
            return verdict
        reason = _("Line %(line)d is about the same person or citizen ID, or one of the same name, birth and commune.")
        return Verdict(Outcome.DOUBT, verdict.known, (reason % {"line": first},))

    def _whom(self, entry: Entry, verdict: Verdict) -> tuple[list[Any], list[Any]]:
        """By what an earlier line is found that is about the same one, and by what a later one finds this line: a
        number in two lines is also told where both say “mới”; the year alone is the year of any day."""
        sure = [key for key in (verdict.known and verdict.known.pk, entry.digest) if key]
        if sure or entry.is_new:
            return sure, sure
        known = (entry.folded, entry.year, self._places.by_pk[entry.unit].commune)
        own, any_day, no_day = (*known, entry.day), (*known, None), (*known, "")
        return ([own, no_day] if entry.day else [any_day]), [own, any_day]

    def _gone(self, member: Gone) -> Line:
        content = {"person": member.person, "membership": member.membership}
        reason = _("The list is complete and leaves them out: the membership ends. A role beside it stays.")
        return Line(
            0, _("not in the file"), f"{member.name}, {member.unit}", Outcome.END, member.code, (reason,), content
        )


def _line(number: int, entry: Entry, verdict: Verdict, left_out: list[str], places: Places) -> Line:
    place = places.by_pk.get(entry.unit)
    parts = (entry.name, written_birth(entry.year, entry.day), place.name if place else "")
    content = {"entry": asdict(entry), "person": verdict.known.pk if verdict.known else None}
    return Line(
        number, "", ", ".join(part for part in parts if part), verdict.outcome,
        verdict.known.code if verdict.known else "", (*verdict.reasons, *left_out),
        content if verdict.outcome in WRITTEN else None,
    )  # fmt: skip
