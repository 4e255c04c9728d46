"""Refusals leave a trace: who was refused what, on which row, and of what kind; ids only.

The entry is written after the refused action was rolled back. Who rolls back more than one action at once writes it
again with ``note`` once they are out of their own transaction.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.log_actions import log

from evaluation.dossiers.refusals import RefusedError
from membership.models import User

P = ParamSpec("P")
R = TypeVar("R")
Refusal = PermissionDenied | RefusedError


def refusals_noted(action: Callable[P, R]) -> Callable[P, R]:
    """Around an action, outside its transaction: what it refuses is refused still, and noted."""

    @wraps(action)
    def door(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return action(*args, **kwargs)
        except (PermissionDenied, RefusedError) as refusal:
            if not hasattr(refusal, "asked"):
                refusal.asked = (action.__name__, kwargs)  # type: ignore[union-attr]
            note(refusal)
            raise

    return door


def note(refusal: Refusal) -> None:
    """Writes the entry for a refusal that came through the door; of any other, there is nothing to write."""
    name, given = cast("tuple[str, dict[str, Any]]", getattr(refusal, "asked", ("", {})))
    about = next((value for key, value in given.items() if key != "by" and isinstance(value, Model)), None)
    by = given.get("by")
    if about is None or not isinstance(by, User):
        return
    kind = "permission" if isinstance(refusal, PermissionDenied) else type(refusal).__name__
    title = f"{about._meta.model_name} {about.pk}"
    data: dict[str, Any] = {"asked": name, "why": kind}
    log(instance=about, action="dossiers.refused", user=by, title=title, data=data)
