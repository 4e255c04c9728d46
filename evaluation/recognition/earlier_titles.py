"""A list of who got the title by one decision of an earlier year, as a kind of import beside that decision."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext

from evaluation.recognition.actions.earlier import EarlierDecision, against, enter_earlier
from evaluation.recognition.models import Title, Way
from intake.models import ImportLine
from intake.plan import Outcome, RefusedError
from intake.tables import Row
from membership.models import Person, Unit
from membership.people_sheet import PeopleSheet
from membership.policy import Action, may
from membership.querysets import PersonQuerySet


class EarlierTitles(PeopleSheet):
    key = "earlier_titles"
    labels = {
        Outcome.CREATE: gettext_lazy("Title will be entered"),
        Outcome.SAME: gettext_lazy("Entered already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }
    columns = {"number": ("so giay", "so giay cong nhan", "so giay chung nhan", "so hieu", "certificate number")}

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.RECOGNISE)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Enter %(count)d title", "Enter %(count)d titles", count) % {"count": count}

    def people(self) -> PersonQuerySet:
        return Person.objects.belonging_below(self.about.unit, timezone.localdate(self.at))

    def there(self) -> Collection[int]:
        by_this = {"decision__number": self.about.number, "decision__register_year": self.about.signed_on.year}
        held = Title.objects.filter(decision__unit=self.about.unit, decision__way=Way.EARLIER, **by_this)
        return set(held.values_list("identity", flat=True))

    def refused(self, row: Row, person: Person) -> str:
        return self._against.get(person.pk, "")

    def content(self, row: Row, person: Person) -> dict[str, Any]:
        return super().content(row, person) | {"number": row.text("number")}

    def write(self, lines: Sequence[ImportLine]) -> None:
        there = set(self.named(lines).values_list("pk", flat=True))
        listed = {line.content["person"]: line.content["number"] for line in lines if line.content}
        people = {key: number for key, number in listed.items() if key in there}
        try:
            decision = enter_earlier(about=self.about, people=people, by=self.by, at=self.at)
        except ValidationError as refused:
            raise RefusedError(" ".join(refused.messages)) from refused
        self.batch.details["decision"] = decision.pk

    @cached_property
    def about(self) -> EarlierDecision:
        return about_from(self.batch.details)

    @cached_property
    def _against(self) -> dict[int, str]:
        people = list(self.people().order_by().values_list("pk", flat=True))
        return against(people, self.about.year, self.by)


def kept_as(about: EarlierDecision) -> dict[str, Any]:
    """In values that JSON knows; ``about_from`` reads them."""
    return asdict(about) | {"unit": about.unit.pk, "signed_on": about.signed_on.isoformat()}


def about_from(details: dict[str, Any]) -> EarlierDecision:
    names = ("year", "number", "signer_name", "signer_title", "issuer")
    return EarlierDecision(
        unit=Unit.objects.get(pk=details["unit"]),
        signed_on=datetime.date.fromisoformat(details["signed_on"]),
        **{name: details[name] for name in names},
    )
