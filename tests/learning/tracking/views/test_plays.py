"""The doors through which a content's host page speaks."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.tracking.models import Play, PlayResult, PlayState, Statement
from learning.tracking.registries import gates
from membership.models import User
from tests.factories.activities import add_activity, enrolled
from tests.factories.packages import let_in, package
from training_materials.models import Package


@pytest.fixture
def activity(school, standing, private_files):
    administrator = User.objects.create_superuser("quantri", password="x")
    version = let_in(package(), by=standing.binh, administrator=administrator)
    return add_activity(school.course, version.package)


@pytest.fixture
def play(activity, an, signed_in, school):
    enrolled(an, school.course)
    return launch(signed_in)


def launch(client):
    return client.post("/hoc-tap/ky-nang-so/thu-suc/mo/")


def take(client, play, *entries):
    address = reverse("tracking:take", args=[play.json()["play"]])
    return client.post(address, json.dumps({"entries": entries}), content_type="application/json")


def state(value, **more):
    return {"key": str(uuid4()), "kind": "state", "subContent": "0", "field": "state", "value": value, **more}


def test_a_launch_gives_the_frame_and_what_was_kept(signed_in, play):
    take(signed_in, play, state('{"chosen":[1]}'))
    again = launch(signed_in).json()
    assert again["address"].startswith("/goi/")
    assert again["play"] == play.json()["play"]
    assert (again["is_done"], again["standing"]) == (False, "")
    assert again["state"] == [{"field": "state", "subContent": "0", "value": '{"chosen":[1]}'}]


def test_results_come_back_as_taken_and_as_a_sentence(signed_in, play):
    said = {"statement": {"result": {"response": "0", "score": {"raw": 1, "max": 1}}}}
    entry = {"key": str(uuid4()), "kind": "result", "verb": "answered", "data": said}
    heard = take(signed_in, play, entry).json()
    assert heard["taken"] == [entry["key"]]
    assert heard["is_done"]
    assert "100" in heard["standing"]
    again = launch(signed_in).json()
    assert (again["is_done"], again["standing"]) == (True, heard["standing"])
    page = signed_in.get("/hoc-tap/ky-nang-so/thu-suc/")
    assert "data-is-done" in page.content.decode()
    assert PlayResult.objects.count() == 1


def test_the_step_shows_the_exercise_and_reading_it_writes_nothing(signed_in, activity, an, school):
    enrolled(an, school.course)
    page = signed_in.get("/hoc-tap/ky-nang-so/thu-suc/").content.decode()
    assert 'data-launch="/hoc-tap/ky-nang-so/thu-suc/mo/"' in page
    assert not Play.objects.exists()


def test_an_entry_that_cannot_be_read_does_not_hold_up_the_others(signed_in, play):
    bad = [state("no json"), {"key": "x"}, 1, state("1", field="x" * 99), {**state("1"), "kind": "other"},
           state('"\ud83d"'), state("1", field="\ud83d"), state('{"a":NaN}')]  # fmt: skip
    good = state("1")
    heard = take(signed_in, play, *bad, good)
    assert heard.status_code == 200
    assert good["key"] in heard.json()["taken"]
    assert len(heard.json()["refused"]) == len(bad)
    assert PlayState.objects.count() == 1


def test_a_text_that_a_content_cut_within_an_emoji_is_taken(signed_in, play):
    said = {"statement": {"result": {"response": "Vui \ud83d"}}}
    entry = {"key": str(uuid4()), "kind": "result", "verb": "answered", "data": said}
    half = r'{"a":"Vui \ud83d"}'
    assert take(signed_in, play, entry, state(half)).status_code == 200
    both = take(signed_in, play, state(r'{"b":"\ud83d"}', base="{}"))
    assert json.loads(both.json()["state"][0]["value"]) == {"a": "Vui \ud83d", "b": "\ud83d"}
    assert Statement.objects.get().body["result"]["response"] == "Vui ?"


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"entries": 1}', "[" * 100_000, '{"entries": [' + "1," * 99 + "1]}"])
def test_a_body_that_is_no_delivery_is_refused(signed_in, play, body):
    address = reverse("tracking:take", args=[play.json()["play"]])
    assert signed_in.post(address, body, content_type="application/json").status_code == 400


def test_who_is_signed_out_is_told_so(client, play):
    client.logout()
    assert take(client, play, state("1")).status_code == 401
    assert launch(client).status_code == 401


def test_another_persons_play_does_not_exist(client, play, standing):
    client.force_login(standing.ha)
    assert take(client, play, state("1")).status_code == 404
    assert launch(client).status_code == 404


def test_a_step_that_is_closed_for_now_is_not_begun_and_says_why(signed_in, activity, an, school, monkeypatch):
    enrolled(an, school.course)
    monkeypatch.setattr(gates, "_gates", [lambda _state: {activity.translation_key: "Hãy làm bài đầu vào trước."}])
    refused = launch(signed_in)
    assert (refused.status_code, refused.json()["message"]) == (403, "Hãy làm bài đầu vào trước.")
    assert not Play.objects.exists()


def test_a_withdrawn_content_is_not_begun_but_what_was_begun_is_still_taken(signed_in, activity, play, school):
    Package.objects.update(withdrawn_at=timezone.now())
    page = signed_in.get(f"/hoc-tap/{school.course.slug}/{activity.slug}/").content.decode()
    assert "data-package" not in page
    assert "không còn" in page
    assert launch(signed_in).status_code == 410
    assert take(signed_in, play, state('{"a":1}')).status_code == 200


def test_a_content_that_is_gone_says_so(signed_in, activity, an, school):
    enrolled(an, school.course)
    activity.package.delete()
    assert launch(signed_in).status_code == 410
    assert signed_in.get("/hoc-tap/ky-nang-so/thu-suc/").status_code == 200
