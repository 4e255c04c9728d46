"""Files of questions: kept, read into a dry run, and, when the trainer says so, written in one go."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.actions.bulk import BulkWriter
from assessments.actions.figures import keep_file
from assessments.bank.media import cleaned, in_order
from assessments.bank.stock import StandingBank, Twins
from assessments.formats import FORMATS, MOST_BYTES, MOST_QUESTIONS, UnreadableError
from assessments.formats.plan import SKIP, Line, Planner, judge
from assessments.formats.question import Parsed, Problem
from assessments.models import ImportLine, QuestionImport
from assessments.progress import tell
from membership.models import User
from membership.policy import Action, require
from training_materials.models import Topic

CHUNK = 500
State = QuestionImport.State


@transaction.atomic
def begin_import(
    *, name: str, content: bytes, format: str, topic: Topic, difficulty: str, by: User, at: datetime.datetime
) -> QuestionImport:
    """Keeps the file until it is read, and forgets imports that nobody comes back to. Each call begins another.

    Raises PermissionDenied, and ValidationError if the file is empty or too large.
    """
    require(by, Action.MANAGE_QUESTIONS)
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %(size)d MB. Split it.") % {"size": MOST_BYTES // 1024**2})
    QuestionImport.objects.left_behind(at).delete()
    batch = QuestionImport.objects.create(
        name=name[-200:], content=content, format=FORMATS[format].key, topic=topic, difficulty=difficulty,
        created_by=by, created_at=at,
    )  # fmt: skip
    log(instance=batch, action="assessments.begin_import", user=by, title=str(batch.pk))
    return batch


def read_import(*, batch: QuestionImport, by: User, at: datetime.datetime) -> QuestionImport:
    """Reads the file into lines that say what each question would do. Changes no question. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    if batch.state != State.WAITING or batch.content is None:
        return batch
    format_ = FORMATS[batch.format]
    topics, twins = StandingBank.topics(), Twins(format_)
    planner = Planner(topics, format_.carries_media, format_.carries_feedback, twin=twins.find)
    try:
        lines = [_with_copies(planner.line(parsed), parsed, by, at) for parsed in _read(batch)]
    except UnreadableError as error:
        return _settle_read(batch, [], str(error))
    problem = "" if lines else _("No question was found in the file.")
    return _settle_read(batch, lines, problem)


@transaction.atomic
def order_import(*, batch: QuestionImport, by: User, at: datetime.datetime) -> QuestionImport:
    """Says that the dry run may be carried out. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    batch = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.READ:
        batch.state = State.ORDERED
        batch.save(update_fields=["state"])
        log(instance=batch, action="assessments.order_import", user=by, title=str(batch.pk))
    return batch


@transaction.atomic
def apply_import(*, batch: QuestionImport, by: User, at: datetime.datetime) -> QuestionImport:
    """Writes all lines, against the bank as it is now, or none. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    batch = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state != State.ORDERED:
        return batch
    writer = BulkWriter(batch=batch, by=by, at=at, bank=StandingBank())
    todo = batch.lines.to_write()
    total, done, last = todo.count(), 0, 0
    while chunk := list(todo.filter(number__gt=last)[:CHUNK]):
        writer.write(chunk)
        done, last = done + len(chunk), chunk[-1].number
        tell(batch, done, total)
    todo.update(content=None)
    batch.state, batch.applied_at = State.APPLIED, at
    batch.save(update_fields=["state", "applied_at"])
    log(instance=batch, action="assessments.apply_import", user=by, title=str(batch.pk), data=batch.lines.counts())
    return batch


@transaction.atomic
def fail_import(*, batch: QuestionImport, by: User, at: datetime.datetime) -> QuestionImport:
    """After a fault of the site: an ordered import is a dry run again, a file being read counts as unreadable."""
    require(by, Action.MANAGE_QUESTIONS)
    batch = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (State.WAITING, State.ORDERED):
        return batch
    if batch.state == State.WAITING:
        batch.problem = _("The file could not be read because of a fault of this site. Tell the administrators.")
    batch.state = State.UNREADABLE if batch.state == State.WAITING else State.READ
    batch.save(update_fields=["state", "problem"])
    log(instance=batch, action="assessments.fail_import", user=by, title=str(batch.pk))
    return batch


@transaction.atomic
def discard_import(*, batch: QuestionImport, by: User, at: datetime.datetime) -> None:
    """Forgets an import that was not carried out. Doing it again does nothing."""
    require(by, Action.MANAGE_QUESTIONS)
    open_ = QuestionImport.objects.of(by).exclude(state__in=[State.ORDERED, State.APPLIED]).filter(pk=batch.pk)
    if open_.exists():
        log(instance=batch, action="assessments.discard_import", user=by, title=str(batch.pk), deleted=True)
        open_.delete()


def _read(batch: QuestionImport) -> Iterable[Parsed]:
    assert batch.content is not None
    for count, parsed in enumerate(FORMATS[batch.format].read(bytes(batch.content)), start=1):
        if count > MOST_QUESTIONS:
            message = _("The file holds more than %(count)d questions. Split it.")
            raise UnreadableError(message % {"count": MOST_QUESTIONS})
        if count % CHUNK == 0:
            tell(batch, count, 0)
        yield parsed


def _with_copies(line: Line, parsed: Parsed, by: User, at: datetime.datetime) -> Line:
    """Pictures and sounds through the gate, copied: a dry run that is not carried out leaves them to the sweep."""
    if line.content is None or isinstance(parsed, Problem) or not line.content["media"]:
        return line
    try:
        copies = [keep_file(name=each.name, content=each.content, by=by, at=at) for each in parsed.media]
        media = [each | {"name": copy.name} for each, copy in zip(line.content["media"], copies, strict=True)]
        return replace(line, content=line.content | {"media": in_order(cleaned(media))})
    except ValidationError as refused:
        return replace(line, outcome=SKIP, reasons=(*line.reasons, *refused.messages), content=None)


@transaction.atomic
def _settle_read(batch: QuestionImport, lines: list[Line], problem: str) -> QuestionImport:
    batch = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.WAITING:
        batch.state = State.UNREADABLE if problem else State.READ
        batch.problem, batch.content = problem, None
        batch.save(update_fields=["state", "problem", "content"])
        bank = StandingBank()
        for start in range(0, len(lines), CHUNK):
            chunk = lines[start : start + CHUNK]
            stored = bank.stored([line.code for line in chunk])
            judged = [judge(line, stored.get(line.code), bank.stock) for line in chunk]
            ImportLine.objects.bulk_create(
                ImportLine(batch=batch, number=start + place, **_columns(line))
                for place, line in enumerate(judged, start=1)
            )
    return batch


def _columns(line: Line) -> dict[str, object]:
    return asdict(line) | {"reasons": list(line.reasons), "source": line.source[-200:]}
