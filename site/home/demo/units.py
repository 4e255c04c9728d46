"""The demo's units in time: who belonged where before the reform of 2025, and a decree of this year, made up, by which
a commune becomes a ward with its code kept and its two chapters one."""

import datetime
from typing import Any

from django.utils import timezone

from home.demo.people import Commune, Population
from intake import actions
from membership.actions import end_role, grant_role
from membership.models import Role, Unit

_DECREE = """Mã cũ,Mã mới,Tên mới,Từ ngày
{code},{code},Phường Hòa Vang,{day:%d/%m/%Y}
{code}-CH1,{code}-CH3,Chi hội khối phố 1,
{code}-CH2,{code}-CH3,,
"""


def look_back(population: Population, start: datetime.datetime) -> None:
    """Members of two communes belonged to the old ones of which these were made: their figures of 2024 stand there."""
    for commune in population.communes[:2]:
        old = list(Unit.objects.filter(successions__new=commune.unit).order_by("code"))
        for number, person in enumerate(commune.members):
            first = datetime.date(2024, 1, 1)
            held = grant_role(
                person=person, unit=old[number % len(old)], role=Role.MEMBER, valid_from=first, by=None, at=start
            )
            end_role(membership=held, valid_to=timezone.localdate(start), by=None, at=start)


def carry_out_a_decree(population: Population, now: datetime.datetime) -> None:
    rural: Commune = population.communes[2]
    day = min(datetime.date(now.year, 9, 20), timezone.localdate(now) - datetime.timedelta(days=7))
    content = _DECREE.format(code=rural.unit.code, day=day).encode()
    about: dict[str, Any] = {"by": population.users["giang"], "at": now}
    batch = actions.begin_import(kind="decree", name="quyet-dinh-minh-hoa.csv", content=content, **about)
    batch = actions.order_import(batch=actions.read_import(batch=batch, **about), **about)
    assert actions.carry_out(batch=batch, **about).applied_at, "the demo's decree was refused"
