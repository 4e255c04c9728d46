"""An office's own list of whom to call, as a kind of import: its scope is the call."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import ImportLine
from intake.plan import Outcome
from learning.calls.actions import add_people
from learning.calls.models import Call
from membership.models import Person
from membership.people_sheet import PeopleSheet
from membership.querysets import PersonQuerySet


class CalledSheet(PeopleSheet):
    key = "called"
    labels = {
        Outcome.CREATE: gettext_lazy("Comes onto the call"),
        Outcome.SAME: gettext_lazy("Is on the call already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return Call.objects.organised_by(user).exclude(state=Call.State.CANCELLED).filter(pk=scope).exists()

    @classmethod
    def apply_label(cls, count: int) -> str:
        return _("Put these people on the call")

    def people(self) -> PersonQuerySet:
        return Person.objects.belonging_below(self._call.unit, timezone.localdate(self.at))

    def there(self) -> Collection[int]:
        return set(self._call.people.values_list("person_id", flat=True))

    def write(self, lines: Sequence[ImportLine]) -> None:
        self.batch.details["added"] = add_people(call=self._call, people=self.named(lines), by=self.by, at=self.at)

    @cached_property
    def _call(self) -> Call:
        return Call.objects.select_related("unit").get(pk=self.batch.scope)
