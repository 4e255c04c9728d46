"""What a file would do to the bank, line by line. Pure: what the bank holds comes in as plain values."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from assessments.bank.media import digest, in_order
from assessments.formats.conversion import Fitted, fit
from assessments.formats.question import Medium, Parsed, PlainQuestion, Problem
from assessments.formats.texts import each_text
from assessments.rules.draws import Group, Stock
from intake.plan import Line, Outcome
from intake.texts import plain_lines
from interface.vietnamese import fold, nfc

CREATE, CHANGE, SAME, SKIP = Outcome.CREATE, Outcome.CHANGE, Outcome.SAME, Outcome.SKIP
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_DIFFICULTIES = ("easy", "medium", "hard")
_AUDIENCES = ("everyone", "residents", "workers", "officials", "students")

# kind, prompt, body, feedback; topic (its id), difficulty, audience and media. None where the file is silent, as one
# without a place for explanations is on feedback
Content = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """A question as it stands in the bank."""

    question: int
    group: Group
    is_retired: bool
    wording: Mapping[str, Any]
    media: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Twin:
    """A question of the bank that asks what a question of a file asks."""

    code: str
    wording: Mapping[str, Any]


@dataclass
class Planner:
    """Gives each question of one file its code and its content. ``topics``: ids by slug and by folded name.

    ``twin``: finds for a question that the file gives no code the one in the bank that it is.

    Pictures and sounds stand in the content under names made from what the file holds; who keeps them renames them.
    """

    topics: Mapping[str, int]
    carries_media: bool = False
    carries_feedback: bool = True
    twin: Callable[[Content], Twin | None] = lambda _content: None
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)  # where each code stood, and the digest of all

    def line(self, parsed: Parsed) -> Line:
        if isinstance(parsed, Problem):
            return Line(parsed.line, parsed.source, parsed.excerpt, reasons=(parsed.text,))
        start = Line(parsed.line, parsed.source, Truncator(" ".join(parsed.prompt[:400].split())).chars(120))
        try:
            fitted = fit(parsed)
        except ValidationError as error:
            return replace(start, reasons=tuple(error.messages))
        return self._numbered(start, parsed, fitted)

    def _numbered(self, start: Line, parsed: PlainQuestion, fitted: Fitted) -> Line:
        content, notes = self._content(parsed, fitted)
        twin = None if parsed.code else self.twin(content)
        content |= twin.wording if twin else {}
        whole = _digest(json.dumps(content, sort_keys=True))
        code = twin.code if twin else _given_code(parsed.code) if parsed.code else _natural_code(parsed, fitted)
        if code in self.seen and self.seen[code][1] != whole and not (parsed.code and parsed.line):
            # Nobody wrote it in a line: programs give copies of an item its identifier.
            notes += [_("%(place)s has the same code: this one gets another.") % {"place": self.seen[code][0]}] * bool(
                parsed.code
            )
            code = f"{code[:70]}-{whole[:6]}"
        if code in self.seen:
            return replace(start, code=code, reasons=(_twice(self.seen[code], whole),))
        self.seen[code] = (_place(parsed), whole)
        return replace(start, code=code, outcome=CREATE, reasons=(*fitted.notes, *notes), content=content)

    def _content(self, parsed: PlainQuestion, fitted: Fitted) -> tuple[Content, list[str]]:
        topic = self.topics.get(parsed.topic) or self.topics.get(fold(parsed.topic))
        notes = []
        if parsed.topic and topic is None:
            notes.append(_("There is no topic “%(topic)s”: the chosen one is taken.") % {"topic": parsed.topic[:80]})
        feedback = fitted.feedback if self.carries_feedback else None
        wording = {"kind": fitted.kind, "prompt": fitted.prompt, "body": fitted.body, "feedback": feedback}
        difficulty = parsed.difficulty if parsed.difficulty in _DIFFICULTIES else None
        audience = parsed.audience if parsed.audience in _AUDIENCES else None
        media = [named(medium) for medium in fitted.media] if self.carries_media else None
        return {**wording, "topic": topic, "difficulty": difficulty, "audience": audience, "media": media}, notes


def named(medium: Medium) -> dict[str, Any]:
    ending = medium.name.rpartition(".")[2].lower()
    return {"name": f"{digest(medium.content)}.{ending}", "alt": nfc(medium.alt), "place": medium.place}


def judge(line: Line, stored: Stored | None, stock: Stock) -> Line:
    """The line against what the bank holds under its code. A line without content stays as it is."""
    if line.content is None or stored is None:
        return line
    group = Group(*(line.content.get(name) or standing for name, standing in stored.group._asdict().items()))
    wording = worded(line.content, stored.wording)
    media = line.content.get("media")
    has_same_media = media is None or in_order(media) == in_order(stored.media)
    if wording == each_text(stored.wording, plain_lines) and has_same_media and group == stored.group:
        return replace(line, outcome=SAME)
    if group != stored.group and not stored.is_retired:
        if short := stock.short_without(stored.question, stored.group, group):
            reason = _("Moved there, it would be missing in a published quiz that draws all there are: %(quizzes)s.")
            return replace(line, outcome=SKIP, reasons=(reason % {"quizzes": ", ".join(short)},), content=None)
        stock.move(stored.question, stored.group, group)
    notes = [_("The question is out of use and stays so.")] if stored.is_retired else []
    if stored.media and media == []:
        notes.append(_("The file holds no picture and no sound for it: those of the question are taken away."))
    return replace(line, outcome=CHANGE, reasons=(*line.reasons, *notes))


def worded(content: Content, standing: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the question says once the content is taken over; what the file is silent on stays as it stands."""
    return {name: text if content[name] is None else content[name] for name, text in standing.items()}


def _place(parsed: PlainQuestion) -> str:
    return _("Line %(line)d") % {"line": parsed.line} if parsed.line else f"“{parsed.source}”"


def _twice(seen: tuple[str, str], whole: str) -> str:
    if seen[1] == whole:
        return _("%(place)s holds the same question already.") % {"place": seen[0]}
    return _("%(place)s has the same code already.") % {"place": seen[0]}


def _given_code(code: str) -> str:
    """As the file names it; what is no code here is made one, with a digest that keeps two apart."""
    if _SLUG.fullmatch(code):
        return code
    return f"{slugify(fold(code))[:60].strip('-') or 'cau-hoi'}-{_digest(code)[:8]}"


def _natural_code(parsed: PlainQuestion, fitted: Fitted) -> str:
    """From name, kind and prompt, so that the same file names the same questions again."""
    start = slugify(fold(parsed.title or fitted.prompt[:200]))[:50].strip("-")
    return f"{start or 'cau-hoi'}-{_digest(json.dumps([parsed.title, fitted.kind, fitted.prompt]))[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
