"""What stands in units that membership knows nothing of: dossiers, sessions, groups that learn.

Calls go down, this registry goes up: an app adds its part in its ``AppConfig.ready``. A part answers in whole,
translated sentences that name what stands there; none where nothing does.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from membership.models import Unit

Part = Callable[[Sequence[Unit], datetime.date], Iterable[str]]

# Against closing the units on that day: what would go on in them.
against_closing: list[Part] = []
# Against taking the units to another commune: what was judged or counted where they are.
against_leaving: list[Part] = []

MOST_NAMED = 5


def told(parts: Sequence[Part], units: Sequence[Unit], day: datetime.date) -> list[str]:
    return [sentence for part in parts for sentence in part(units, day)]


def named(names: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    listed = list(names)
    told = ", ".join(listed[:MOST_NAMED])
    more = len(listed) - MOST_NAMED
    return _("%(names)s and %(count)d more") % {"names": told, "count": more} if more > 0 else told
