import datetime

import pytest
from django.utils import timezone

from intake import actions
from membership.models import Membership, Person, Role, TargetGroup, TargetGroupPeriod
from tests.factories.people import START, PersonFactory

COLUMNS = {
    "code": "Mã người học", "name": "Họ và tên", "day": "Ngày sinh", "year": "Năm sinh", "group": "Nhóm đối tượng",
    "unit_code": "Mã đơn vị", "unit": "Đơn vị", "phone": "Điện thoại", "phone_for": "Dùng điện thoại để",
    "citizen_id": "Căn cước",
}  # fmt: skip


def table(*people):
    """A .csv with those columns that somebody fills."""
    filled = [name for name in COLUMNS if any(name in person for person in people)]
    lines = [";".join(str(person.get(name, "")) for name in filled) for person in people]
    return "\n".join([";".join(COLUMNS[name] for name in filled), *lines]).encode()


class Bringing:
    """One who brings lists in, as the pages and the worker do it; each day is a day later."""

    def __init__(self, by, unit):
        self.by, self.unit, self.at = by, unit, timezone.now()

    def read(self, *people, is_complete=False):
        return self.read_file(table(*people), is_complete=is_complete)

    def read_file(self, content, *, unit=None, is_complete=False):
        details = {"unit": (unit or self.unit).pk, "is_complete": is_complete}
        batch = actions.begin_import(
            kind="roster", name="a.csv", content=content, details=details, by=self.by, at=self.at
        )
        return actions.read_import(batch=batch, by=self.by, at=self.at)

    def carry_out(self, batch):
        actions.order_import(batch=batch, by=self.by, at=self.at)
        return actions.carry_out(batch=batch, by=self.by, at=self.at)

    def undo(self, batch):
        actions.order_undoing(batch=batch, by=self.by, at=self.at)
        return actions.carry_out(batch=batch, by=self.by, at=self.at)

    def bring(self, *people, **more):
        return self.carry_out(self.read(*people, **more))

    def a_day_later(self):
        self.at += datetime.timedelta(days=1)


@pytest.fixture
def dung(standing):
    """The commune's officer, who brings lists into the association."""
    return Bringing(standing.dung, standing.association)


def outcomes(batch):
    return list(batch.lines.order_by("number").values_list("outcome", flat=True))


def member(unit, name, **values):
    person = PersonFactory(full_name=name, **values)
    TargetGroupPeriod.objects.create(person=person, group=TargetGroup.RESIDENTS, valid_from=START)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return Person.objects.get(pk=person.pk)
