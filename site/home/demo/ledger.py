"""The demo's ledger: sessions with who came, papers in every state of checking, and seals over two years."""

from __future__ import annotations

import datetime
import random
import uuid

from home.demo.learning import declare_certificate
from home.demo.people import Population, person_of
from learning.evidence.actions import How, hold_session, note_attendance, observe, refuse, seal, withdraw
from learning.evidence.models import Checkpoint, Unsealed

_TALK = "Nói chuyện chuyên đề: An toàn trên mạng cho người lớn tuổi"
_TRAINING = "Tập huấn: Hướng dẫn tự đánh giá Công dân học tập"


def fill_ledger(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    _sessions(population, now)
    _papers(population, now, chance)
    _seals(now)


def _sessions(population: Population, now: datetime.datetime) -> None:
    """One that is on right now, so that its code can be tried, and one that is over."""
    commune, dung = population.communes[0], population.users["dung"]
    for title, starts_at in ((_TRAINING, now - datetime.timedelta(days=16)), (_TALK, now)):
        session = hold_session(
            token=uuid.uuid5(uuid.NAMESPACE_URL, title),
            unit=commune.association,
            title=title,
            place="Nhà sinh hoạt cộng đồng",
            starts_at=starts_at,
            ends_at=starts_at + datetime.timedelta(hours=3),
            topics=["phong-trao-khuyen-hoc"],
            by=dung,
            at=starts_at,
        )
        if title == _TRAINING:
            people = [person_of(population.users["an"]), *commune.members[:12]]
            note_attendance(session=session, people=people, how=How.LIST, by=dung, at=session.ends_at)


def _papers(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    """Some wait to be checked, one was refused, one taken back, one is what an officer saw."""
    dung, chi, an = (population.users[name] for name in ("dung", "chi", "an"))
    commune = population.communes[0]
    for days, person in enumerate(commune.members[:4], start=2):
        declare_certificate(person, dung, now - datetime.timedelta(days=days), chance)
    refused = declare_certificate(person_of(an), an, now - datetime.timedelta(days=9), chance)
    reason = "Ảnh chụp mờ, không đọc được số hiệu. Mời chụp lại."
    refuse(evidence=refused, reason=reason, by=dung, at=now - datetime.timedelta(days=8))
    mistaken = declare_certificate(person_of(an), an, now - datetime.timedelta(days=7), chance)
    withdraw(evidence=mistaken, reason="Tôi nhập trùng.", by=an, at=now - datetime.timedelta(days=7))
    observe(
        person=person_of(an),
        title="Hướng dẫn bà con trong khối phố dùng Cổng dịch vụ công",
        text="Ba buổi tối, mỗi buổi chừng mười người.",
        occurred_at=now - datetime.timedelta(days=25),
        token=uuid.UUID(int=chance.getrandbits(128), version=4),
        by=chi,
        at=now - datetime.timedelta(days=24),
    )


def _seals(now: datetime.datetime) -> None:
    """As if it had been sealed each month, so that the register has something to compare."""
    first = Unsealed.objects.order_by("recorded_at").first()
    moment = first.recorded_at if first else now
    while moment < now:
        moment = min(moment + datetime.timedelta(days=30), now)
        seal(at=moment, until=moment)
    assert Checkpoint.objects.exists()
