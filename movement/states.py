"""Registers that run through states: which act leads from which state to which is data of each (decision 0145)."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=models.Model)


class Moving:
    """For a model with ``state`` and ``Act``: by state and act ``LEADS`` gives the state that follows."""

    LEADS: ClassVar[Mapping[tuple[Any, Any], Any]]
    Act: ClassVar[Any]
    state: Any

    def leads_to(self, act: str) -> str | None:
        """None where the act makes no sense now."""
        return self.LEADS.get((self.state, act))

    @property
    def acts(self) -> list[str]:
        """What makes sense now, whoever may do it."""
        return [act for act in self.Act if self.leads_to(act)]


def held(row: Row, act: str, *joined: str) -> tuple[Row, str]:
    """The row as it stands now, held until the transaction ends, and the state to which the act leads. Raises
    ValidationError where that makes no sense any more."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related(*joined)
    current = rows.get(pk=row.pk)
    following = current.leads_to(act)  # type: ignore[attr-defined]
    if following is None:
        raise ValidationError(_("It has moved on since you opened it. Look at it again."))
    return current, following
