"""An office's list of who registered, as a kind of import: its scope is the year."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.registrations.actions import note
from evaluation.registrations.models import Registration, open_years
from evaluation.registrations.querysets import people_to_register
from intake.models import ImportLine
from intake.plan import Outcome
from membership.models import Person
from membership.people_sheet import PeopleSheet
from membership.policy import Action, may
from membership.querysets import PersonQuerySet


class RegisteredSheet(PeopleSheet):
    key = "registered"
    labels = {
        Outcome.CREATE: gettext_lazy("Will be registered"),
        Outcome.SAME: gettext_lazy("Registered already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return scope in map(str, open_years(timezone.localdate())) and may(user, Action.ASSIST)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return _("Note that these people strive for the title")

    def people(self) -> PersonQuerySet:
        return people_to_register(self.by, self._year, timezone.localdate(self.at))

    def there(self) -> Collection[int]:
        return set(self.people().filter(registration__isnull=False).order_by().values_list("pk", flat=True))

    def note(self, person: Person) -> str:
        return "" if person.pk != self.by.person_id else _("yourself: register on your own page")

    def write(self, lines: Sequence[ImportLine]) -> None:
        way = Registration.Way.LIST
        new = note(people=self.named(lines), year=self._year, way=way, by=self.by, at=self.at)
        self.batch.details["noted"] = len(new)

    @property
    def _year(self) -> int:
        return int(self.batch.scope)
