"""Facts as tests tell them."""

import datetime
import itertools
from typing import Any
from zoneinfo import ZoneInfo

from learning.evidence.facts import Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Source, Verification
from membership.models import Person

NOW = datetime.datetime(2026, 5, 4, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_numbers = itertools.count(1)


def a_fact(person: Person, **changes: Any) -> Fact:
    values = {
        "person_id": person.pk,
        "kind": Kind.QUIZ_PASSED,
        "title": "Kiểm tra kỹ năng số",
        "occurred_at": NOW,
        "source": Source.SYSTEM,
        "verification": Verification.SERVER_MARKED,
        "entered_by": EnteredBy.OWN_ACCOUNT,
        "source_key": f"test:{next(_numbers)}",
    }
    return Fact(**(values | changes))
