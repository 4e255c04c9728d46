"""What can be done with chosen rows, and what became of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.tables.columns import Text

REFUSALS_SHOWN = 20


@dataclass(frozen=True)
class Outcome:
    """How many rows it was done with; and the others, each with the reason. Then one stands where it ``leads_to``, an
    address, or on the list."""

    done: int
    refused: Sequence[tuple[Any, str]] = field(default=())
    leads_to: str = ""


@dataclass(frozen=True, kw_only=True)
class RowAction:
    """A button beneath the table. ``run`` takes the rows, what the form says and the request; or else ``address``
    names the view that takes the chosen rows' keys as ``row_name``. One that ``takes_all`` asks for no choice: it is
    done with all that the filters leave.

    ``run`` raises ValidationError where it is done with all or none. ``may_use`` says who has the button at all,
    ``may_choose`` which rows have a box.
    """

    name: str
    label: Text
    icon: str = "check"
    run: Callable[[Sequence[Any], dict[str, Any], HttpRequest], Outcome] | None = None
    form_class: type[forms.Form] | None = None
    address: str = ""
    row_name: str = "row"
    takes_all: bool = False
    may_use: Callable[[Any], bool] = lambda _user: True
    may_choose: Callable[[Any], bool] = lambda _row: True

    @property
    def fields(self) -> Iterable[forms.BoundField]:
        return self.form_class(auto_id=f"{self.name}-%s") if self.form_class else ()

    @property
    def url(self) -> str:
        """Of the view that takes the chosen rows; empty for the list's own."""
        return reverse(self.address) if self.address else ""


def each(do: Callable[[Any, dict[str, Any], HttpRequest], Any]) -> Callable[..., Outcome]:
    """Does it with one row after the other; a row that is refused takes nothing from the others."""

    def run(rows: Sequence[Any], values: dict[str, Any], request: HttpRequest) -> Outcome:
        done, refused = 0, []
        for row in rows:
            try:
                with transaction.atomic():
                    do(row, values, request)
                done += 1
            except (ValidationError, PermissionDenied) as refusal:
                refused.append((row, reason_of(refusal)))
        return Outcome(done, refused)

    return run


def reason_of(refusal: ValidationError | PermissionDenied) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def keys_of(request: HttpRequest, name: str) -> list[str]:
    """The chosen keys as sent; what is no key of the list finds nothing later."""
    return list(dict.fromkeys(key for key in request.POST.getlist(name) if len(key) <= 40 and "\0" not in key))


def report(request: HttpRequest, outcome: Outcome, name_of: Callable[[Any], str] = str) -> None:
    if outcome.done:
        text = ngettext("Done with %(count)d row.", "Done with %(count)d rows.", outcome.done)
        messages.success(request, text % {"count": outcome.done})
    elif not outcome.refused:
        messages.info(request, _("All of them stand so already: nothing was changed."))
    for row, reason in outcome.refused[:REFUSALS_SHOWN]:
        messages.error(request, f"{name_of(row)}: {reason}")
    if further := len(outcome.refused) - REFUSALS_SHOWN:
        _report_further(request, further)


def _report_further(request: HttpRequest, further: int) -> None:
    if further > 0:
        text = ngettext("%(count)d more was refused.", "%(count)d more were refused.", further)
        messages.error(request, text % {"count": further})


def choosable(rows: Iterable[Any], actions: Sequence[RowAction]) -> list[Any]:
    """The rows that may be chosen for any of the actions."""
    return [row for row in rows if any(action.may_choose(row) for action in actions)]
