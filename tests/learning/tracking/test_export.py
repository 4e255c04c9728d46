"""What a person takes along of their learning."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from learning.tracking.actions import take_entries
from learning.tracking.models import ActivityPage
from learning.tracking.play.entries import SaidEntry, StateEntry
from membership.models import User
from tests.factories.activities import add_activity, launched
from tests.factories.packages import let_in, package
from tests.taken import told

ANSWERED = {"statement": {"result": {"response": "0", "score": {"raw": 1, "max": 1}, "completion": True}}}


@pytest.fixture
def play(school, standing, private_files):
    administrator = User.objects.create_superuser("quantri", password="x")
    content = let_in(package(), by=standing.binh, administrator=administrator).package
    activity = add_activity(school.course, content, completion=ActivityPage.Completion.PASSED, pass_mark=80)
    return launched(standing.an, activity)


def taken_along(client, user):
    client.force_login(user)
    return told(client.get("/tai-khoan/du-lieu.zip"))


def test_courses_and_plays_go_along_with_what_was_kept_and_earned(client, standing, play):
    said = [
        StateEntry(UUID(int=1), "0", "state", '{"chosen":[0]}', None),
        SaidEntry(UUID(int=2), "answered", True, ANSWERED),
    ]
    take_entries(play_id=play.pk, entries=said, by=standing.an, at=timezone.now())
    data = taken_along(client, standing.an)
    assert data["courses"][0]["title"] == "Kỹ năng số cơ bản"
    assert data["courses"][0]["steps"][0]["title"] == "Thử sức"
    (played,) = data["plays"]
    assert Decimal(played["best"]) == 1
    assert played["kept"][0]["value"] == '{"chosen":[0]}'
    assert played["results"][0]["verdict"] == "verified"
    assert {one["context"]["registration"] for one in data["statements"]} == {played["registration"]}


def test_nobody_takes_along_what_others_did(client, standing, play):
    data = taken_along(client, standing.ha)
    assert (data["courses"], data["plays"], data["statements"]) == ([], [], [])
