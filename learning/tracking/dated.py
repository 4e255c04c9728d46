"""The last days until which somebody is asked to have learnt something, in their calendar."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from learning.tracking.registries.dues import dues_of
from notices.registries.dated import Dated


def last_days(person_id: int, day: datetime.date) -> Iterator[Dated]:
    for due in dues_of(person_id, day):
        yield Dated(
            key=f"due-{due.key}-{due.caller}",
            title=_("Last day: %(title)s") % {"title": due.title},
            begins=due.day,
            address=due.url,
        )
