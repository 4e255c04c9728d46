"""Imports carried over time. Each may run twice, and beside another of its like."""

import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone

from intake import actions
from intake.models import Import
from work.queue import task


class _Action(Protocol):
    def __call__(self, *, batch: Import, by: Any, at: datetime.datetime) -> Import: ...


@task()
def read(import_id: str) -> None:
    go_on(actions.read_import, import_id)


@task()
def carry_out(import_id: str) -> None:
    go_on(actions.carry_out, import_id)


def wake_imports() -> int:
    """Gives imports whose worker is gone to another; how many there were."""
    silent = actions.wake_imports(at=timezone.now())
    for batch in silent:
        (read if batch.state == Import.State.WAITING else carry_out).enqueue(str(batch.pk))
    return len(silent)


def go_on(action: _Action, import_id: str) -> Import | None:
    """A fault leaves an import that its user can go on with, and stays a failed task."""
    batch = Import.objects.select_related("created_by").defer("content").filter(pk=UUID(import_id)).first()
    if batch is None:
        return None
    asked: dict[str, Any] = {"batch": batch, "by": batch.created_by, "at": timezone.now()}
    try:
        return action(**asked)
    except Exception:
        actions.fail_import(**asked)
        raise
