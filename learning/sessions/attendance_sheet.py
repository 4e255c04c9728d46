"""An organiser's spreadsheet of who was there, as a kind of import: its scope is the session."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import ImportLine
from intake.plan import Outcome, RefusedError
from learning.evidence.actions import RecordRefusedError
from learning.evidence.models import Evidence
from learning.sessions.actions import How, note_attendance, undo_attendance
from learning.sessions.models import Session
from membership.models import Person
from membership.people_sheet import PeopleSheet
from membership.querysets import PersonQuerySet


class AttendanceSheet(PeopleSheet):
    key = "attendance"
    can_undo = is_kept = True
    kept_days = 7  # as long as it can be undone
    labels = {
        Outcome.CREATE: gettext_lazy("Will be noted"),
        Outcome.SAME: gettext_lazy("Noted already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return Session.objects.organised_by(user).filter(pk=scope).exists()

    @classmethod
    def apply_label(cls, count: int) -> str:
        return _("Note these people as present")

    def people(self) -> PersonQuerySet:
        return Person.objects.belonging_below(self._session.unit, timezone.localdate(self._session.starts_at))

    def there(self) -> Collection[int]:
        return set(Evidence.objects.noted_in(self._session, self.by).values_list("person_id", flat=True))

    def note(self, person: Person) -> str:
        if person.pk != self.by.person_id:
            return ""
        return _("yourself: it counts as declared until another organiser notes it too")

    def write(self, lines: Sequence[ImportLine]) -> None:
        people = self.named(lines)
        try:
            new = note_attendance(session=self._session, people=people, how=How.SPREADSHEET, by=self.by, at=self.at)
        except RecordRefusedError as refused:
            raise RefusedError(_("The session has not begun yet: nobody can be noted before.")) from refused
        brought = {row.person_id: str(row.pk) for row in new}
        for line in lines:
            line.content = {"evidence": brought.get(line.content["person"])} if line.content else None
        self.batch.details["noted"] = len(new)
        self.batch.details["has_noted_self"] = any(row.person_id == self.by.person_id for row in new)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        """What was corrected, struck off or confirmed since stays as it became."""
        noted = {line.pk: UUID(said) for line in lines if (said := (line.content or {}).get("evidence"))}
        try:
            gone = undo_attendance(session=self._session, noted=set(noted.values()), by=self.by, at=self.at)
        except RecordRefusedError as refused:
            raise RefusedError(_("It is closed or cancelled. Open it again first, then undo.")) from refused
        for line in lines:
            if noted.get(line.pk) not in gone:
                line.outcome, line.reasons = Outcome.SKIP, [_("Kept: it was changed since, or noted before.")]
        self.batch.details["undone"] = len(gone)

    @cached_property
    def _session(self) -> Session:
        return Session.objects.select_related("unit").get(pk=self.batch.scope)
