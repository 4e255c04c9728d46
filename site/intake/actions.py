"""The doors of an import: begun, read into a dry run, ordered, carried out chunk by chunk, undone, discarded."""

import datetime
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intake.kinds import KINDS, Kind
from intake.models import Import, ImportLine
from intake.plan import Line, RefusedError, UnreadableError
from intake.querysets import ImportQuerySet
from intake.reading import chunks
from interface.card_numbers import without_card_numbers
from work.progress import tell

State = Import.State
_AFTER_WORK = {State.ORDERED: State.APPLIED, State.UNDOING: State.UNDONE}
_AFTER_FAULT = {State.WAITING: State.UNREADABLE, State.ORDERED: State.READ, State.UNDOING: State.APPLIED}


@transaction.atomic
def begin_import(
    *, kind: str, name: str, content: bytes, by: Any, at: datetime.datetime, scope: str = "",
    details: dict[str, Any] | None = None,
) -> Import:  # fmt: skip
    """Keeps the file until it is read. Each call begins another.

    Raises PermissionDenied, and ValidationError if the file is empty or too large.
    """
    if not KINDS[kind].admits(by, scope):
        raise PermissionDenied(f"import of {kind} refused")
    most = KINDS[kind].most_bytes
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > most:
        raise ValidationError(_("The file is larger than %(size)d MB. Split it.") % {"size": most // 1024**2})
    batch = Import.objects.create(
        kind=kind, scope=scope, name=without_card_numbers(name)[-200:], details=details or {}, content=content,
        created_by_id=by.pk, created_at=at, moved_at=at,
    )  # fmt: skip
    _log(batch, "begin", by)
    return batch


def read_import(*, batch: Import, by: Any, at: datetime.datetime) -> Import:
    """Reads the file into lines that say what each row would do. Changes nothing else. Idempotent: begun anew, it
    starts from the first row, and whoever read before it stops. Raises PermissionDenied.
    """
    run = _run_of(batch, by, at)
    content = _start_reading(batch)
    if content is None:
        return _standing(batch)
    done = 0
    try:
        for rows in chunks(run, content):
            if not _keep(batch, done, list(run.compare(rows))):
                return _standing(batch)
            done += len(rows)
            tell(batch.progress_name, done, 0)
    except UnreadableError as error:
        return _settle_read(batch, done, str(error))
    return _settle_read(batch, done, "" if done else str(run.nothing_found))


@transaction.atomic
def order_import(*, batch: Import, by: Any, at: datetime.datetime) -> Import:
    """Says that the dry run may be carried out, or gone on with where a fault stopped it. Idempotent."""
    return _order(batch, by, State.READ, State.ORDERED, at)


@transaction.atomic
def order_undoing(*, batch: Import, by: Any, at: datetime.datetime) -> Import:
    """Says that what was carried out may be taken back. Idempotent. Raises PermissionDenied, also for other kinds."""
    if not KINDS[batch.kind].can_undo:
        raise PermissionDenied(f"{batch.kind} cannot be undone")
    return _order(batch, by, State.APPLIED, State.UNDOING, at)


def carry_out(*, batch: Import, by: Any, at: datetime.datetime) -> Import:
    """Does what was ordered, against what stands now; each chunk in a transaction of its own, or all in one where the
    kind is whole. Idempotent: it goes on behind the last chunk that was done, whoever did it.
    """
    run = _run_of(batch, by, at)
    total = batch.lines.count()
    try:
        with transaction.atomic() if run.is_whole else nullcontext():
            while _next_chunk(run, total):
                pass
    except RefusedError as refused:
        return _stop(batch, by, str(refused))
    return run.batch


def fail_import(*, batch: Import, by: Any, at: datetime.datetime) -> Import:
    """After a fault of the site: what was ordered can be ordered again, a file being read counts as unreadable.

    Whose role has ended meanwhile may still stop their own: it must not be tried again for ever.
    """
    if batch.created_by_id != by.pk:
        raise PermissionDenied(f"import of {batch.kind} is another's")
    problem = _("The file could not be read because of a fault of this site. Tell the administrators.")
    return _stop(batch, by, problem if batch.state == State.WAITING else "")


@transaction.atomic
def discard_import(*, batch: Import, by: Any, at: datetime.datetime) -> None:
    """Forgets an import of which nothing was carried out. Doing it again does nothing."""
    _run_of(batch, by, at)
    standing = _locked(batch)
    if standing and standing.state in (State.UNREADABLE, State.READ) and standing.cursor == 0:
        _log(batch, "discard", by, deleted=True)
        _forget(Import.objects.filter(pk=batch.pk))


@transaction.atomic
def forget_imports(*, user_ids: list[int]) -> None:
    """Part of an erasure: what these accounts brought in is in its place, how it came is nobody's business."""
    _forget(Import.objects.filter(created_by__in=user_ids))


@transaction.atomic
def forget_lines_about(*, code: str) -> None:
    """Part of an erasure: what lines of any import say about whom the code means; that there were so many stays."""
    ImportLine.objects.filter(code=code).update(excerpt="", reasons=[], content=None)


@transaction.atomic
def forget_left_behind(*, at: datetime.datetime) -> int:
    """Imports that nobody comes back to, by how many days each kind keeps them; how many. Run twice it finds none."""
    old = Import.objects.left_behind({each.key: each.kept_days for each in KINDS.values()}, at)
    count = old.count()
    _forget(old)
    return count


@transaction.atomic
def wake_imports(*, at: datetime.datetime) -> list[Import]:
    """Those whose worker is gone, to be given to another. Idempotent: each is given once in ten minutes."""
    silent = list(Import.objects.select_for_update(skip_locked=True).defer("content").silent(at))
    Import.objects.filter(pk__in=[batch.pk for batch in silent]).update(moved_at=at)
    return silent


def _run_of(batch: Import, by: Any, at: datetime.datetime) -> Kind[Any]:
    kind = KINDS[batch.kind]
    if batch.created_by_id != by.pk or not kind.admits(by, batch.scope):
        raise PermissionDenied(f"import of {batch.kind} refused")
    return kind(batch, by, at)


def _locked(batch: Import) -> Import | None:
    return Import.objects.select_for_update().defer("content").filter(pk=batch.pk).first()


def _standing(batch: Import) -> Import:
    return Import.objects.defer("content").filter(pk=batch.pk).first() or batch


@transaction.atomic
def _start_reading(batch: Import) -> bytes | None:
    standing = _locked(batch)
    if standing is None or standing.state != State.WAITING or standing.content is None:
        return None
    _forget_lines(Import.objects.filter(pk=batch.pk))
    Import.objects.filter(pk=batch.pk).update(cursor=0, moved_at=timezone.now())
    return bytes(standing.content)


@transaction.atomic
def _keep(batch: Import, done: int, lines: list[Line]) -> bool:
    """Whether this reader is still the one."""
    if not _is_readers(_locked(batch), done):
        return False
    ImportLine.objects.bulk_create(
        ImportLine(batch=batch, number=number, **_columns(line)) for number, line in enumerate(lines, start=done + 1)
    )
    Import.objects.filter(pk=batch.pk).update(cursor=done + len(lines), moved_at=timezone.now())
    return True


def _is_readers(standing: Import | None, done: int) -> bool:
    """Whoever has read so far is the one who reads: another that began later has moved the cursor."""
    return standing is not None and standing.state == State.WAITING and standing.cursor == done


def _columns(line: Line) -> dict[str, Any]:
    excerpt = without_card_numbers(line.excerpt)[:250]
    return vars(line) | {"reasons": list(line.reasons), "source": line.source[-200:], "excerpt": excerpt}


@transaction.atomic
def _settle_read(batch: Import, done: int, problem: str) -> Import:
    standing = _locked(batch)
    if standing is None or not _is_readers(standing, done):
        return standing or batch
    if problem:
        _forget_lines(Import.objects.filter(pk=batch.pk))
    standing.state = State.UNREADABLE if problem else State.READ
    standing.problem, standing.content, standing.cursor = problem, None, 0
    standing.save(update_fields=["state", "problem", "content", "cursor"])
    return standing


def _order(batch: Import, by: Any, before: State, after: State, at: datetime.datetime) -> Import:
    _run_of(batch, by, at)
    standing = _locked(batch)
    if standing is None or standing.state != before:
        return standing or batch
    standing.state, standing.problem, standing.moved_at = after, "", at
    standing.cursor = 0 if after == State.UNDOING else standing.cursor
    standing.save(update_fields=["state", "problem", "moved_at", "cursor"])
    _log(standing, "order" if after == State.ORDERED else "order_undoing", by)
    return standing


@transaction.atomic
def _next_chunk(run: Kind[Any], total: int) -> bool:
    """Whether there was one left. Two workers take turns: who has the row does the chunk behind the cursor."""
    batch = _locked(run.batch)
    if batch is None:
        return False
    run.batch = batch
    if batch.state not in _AFTER_WORK:
        return False
    lines = list(batch.lines.to_write().filter(number__gt=batch.cursor)[: run.chunk])
    if not lines:
        _finish(run, batch)
        return False
    planned = {line.pk: _said(line) for line in lines}
    (run.write if batch.state == State.ORDERED else run.undo)(lines)
    changed = [line for line in lines if _said(line) != planned[line.pk]]
    kept = ["outcome", "code", "reasons", *(["content"] if run.can_undo else [])]
    # All of them stand: one statement writes them back, where bulk_update tells every row apart by CASE.
    ImportLine.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=kept)
    if batch.state == State.UNDOING or not run.can_undo:
        batch.lines.filter(number__gt=batch.cursor, number__lte=lines[-1].number).update(content=None)
    batch.cursor, batch.moved_at = lines[-1].number, timezone.now()
    batch.save(update_fields=["cursor", "moved_at", "details"])
    tell(batch.progress_name, batch.cursor, total)
    return True


def _said(line: ImportLine) -> tuple[str, str, tuple[str, ...], str]:
    return line.outcome, line.code, tuple(line.reasons), repr(line.content)


def _finish(run: Kind[Any], batch: Import) -> None:
    verb = "apply" if batch.state == State.ORDERED else "undo"
    batch.state = _AFTER_WORK[State(batch.state)]
    batch.applied_at = run.at if verb == "apply" else batch.applied_at
    batch.save(update_fields=["state", "applied_at", "details"])
    _log(batch, verb, run.by, data=batch.lines.counts())
    if not run.is_kept:
        _forget(Import.objects.filter(pk=batch.pk))


@transaction.atomic
def _stop(batch: Import, by: Any, problem: str) -> Import:
    standing = _locked(batch)
    if standing is None or standing.state not in _AFTER_FAULT:
        return standing or batch
    standing.state, standing.problem = _AFTER_FAULT[State(standing.state)], problem
    changed = ["state", "problem"]
    if standing.state == State.UNREADABLE:
        standing.content = None
        changed.append("content")
        _forget_lines(Import.objects.filter(pk=standing.pk))
    standing.save(update_fields=changed)
    _log(standing, "fail", by)
    return standing


def _forget(imports: ImportQuerySet) -> None:
    _forget_lines(imports)
    imports.delete()


def _forget_lines(imports: ImportQuerySet) -> None:
    """In one statement: nothing refers to a line, and to fetch each one for Wagtail's receivers takes minutes."""
    ImportLine.objects.filter(batch__in=imports)._raw_delete(imports.db)


def _log(batch: Import, verb: str, by: Any, **more: Any) -> None:
    log(instance=batch, action=f"intake.{verb}", user=by, title=str(batch.pk), **more)
