"""What members played in the demo: results recomputed from their answers, as the player would have sent them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from home.demo.people import Population
from learning.tracking.actions import enrol, launch, take_entries
from learning.tracking.models import ActivityPage
from learning.tracking.play.entries import SaidEntry
from membership.models import User
from training_materials.models import CoursePage

# Who played what, so many days ago.
_PLAYED = (
    ("an", "the-ghi-nho-muoi-chi-so", 12),
    ("an", "kiem-tra-nhanh-minh-chung", 11),
    ("hoa", "kiem-tra-nhanh-minh-chung", 70),
)


def play_activities(population: Population, now: datetime.datetime) -> None:
    for username, slug, days in _PLAYED:
        _play(population.users[username], ActivityPage.objects.get(slug=slug), now - datetime.timedelta(days=days))


def _play(user: User, page: ActivityPage, at: datetime.datetime) -> None:
    assert user.person is not None
    course = CoursePage.objects.get(pk=page.get_parent().pk)
    play = launch(enrolment=enrol(person=user.person, course=course, by=user, at=at), activity=page, by=user, at=at)
    assert play.version is not None
    result = {"response": _response(play.version.params), "completion": True}
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{user.username}/{page.slug}")
    said = SaidEntry(key, "completed", is_result=True, data={"statement": {"result": result}})
    take_entries(play_id=play.pk, entries=[said], by=user, at=at + datetime.timedelta(minutes=6))


def _response(params: dict[str, Any]) -> str:
    """Every card known at last, the third after a second look; every right answer chosen."""
    if "cards" in params:
        numbers = range(len(params["cards"]))
        told = [(number, 0 if number == 2 else 1) for number in numbers]
        return "[,]".join(f"{number}[.]{known}" for number, known in [*told, (2, 1)])
    return "[,]".join(
        f"{number}[.]{place}"
        for number, question in enumerate(params["questions"])
        for place, answer in enumerate(question["answers"])
        if answer.get("isRight")
    )
