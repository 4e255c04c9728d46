"""The demo's own activities, from the TOML files in the folder of the same name, each published once."""

import datetime
import json
from pathlib import Path
from typing import Any

from home.demo import media
from learning.tracking.models import ActivityPage
from membership.models import User
from training_materials.actions import publish_activity
from training_materials.models import (
    BranchingScenario,
    FlashCards,
    HotspotPicture,
    KnowledgeCheck,
    OwnActivity,
    Package,
)

HERE = Path(__file__).parent / "activities"
_NO_PICTURE = {"image": None, "alt": ""}


def write_activity(plain: dict[str, Any], *, by: User, at: datetime.datetime) -> Package:
    """The package of the activity, written and published unless one with that title stands."""
    kind, fields = _KINDS[plain["kind"]]
    activity = kind.objects.filter(title=plain["title"]).first()
    if activity is None:
        activity = kind(title=plain["title"], introduction=plain["introduction"], live=False, **fields(plain))
        activity.save()
        revision = activity.save_revision(user=by)
        publish_activity(activity=revision.as_object(), revision=revision, by=by, at=at)
        activity.refresh_from_db()
    assert activity.package is not None
    return activity.package


def activity_page(plain: dict[str, Any], package: Package) -> ActivityPage:
    """A step of a course that plays the package; nobody has to."""
    return ActivityPage(
        title=plain["title"],
        slug=plain["slug"],
        summary=plain["summary"],
        minutes=plain["minutes"],
        is_required=False,
        package=package,
        completion=plain.get("completion", ActivityPage.Completion.PLAYED),
        pass_mark=plain.get("pass_mark", 80),
    )


def _stream(kind: str, values: list[dict[str, Any]]) -> str:
    return json.dumps([{"type": kind, "value": value} for value in values])


def _knowledge_check(plain: dict[str, Any]) -> dict[str, Any]:
    questions = [{"picture": _NO_PICTURE, **question} for question in plain["questions"]]
    return {"questions": _stream("question", questions), "pass_percentage": plain["pass_percentage"]}


def _flash_cards(plain: dict[str, Any]) -> dict[str, Any]:
    return {"cards": _stream("card", [{"picture": _NO_PICTURE, **card} for card in plain["cards"]])}


def _branching_scenario(plain: dict[str, Any]) -> dict[str, Any]:
    scenes = [
        {"picture": _NO_PICTURE, "points": 0, **scene, "choices": [_choice(one) for one in scene.get("choices", [])]}
        for scene in plain["scenes"]
    ]
    return {
        "meters": _stream("meter", plain["meters"]),
        "scenes": _stream("scene", scenes),
        "pass_percentage": plain["pass_percentage"],
    }


def _choice(plain: dict[str, Any]) -> dict[str, Any]:
    return {"reply": "", "changes": [], "needs": [], **plain}


def _hotspot_picture(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        "picture": media.image(plain["file"], plain["title"]),
        "alt": plain["alt"],
        "mode": plain["mode"],
        "question": plain.get("question", ""),
        "spots": _stream("spot", [{"is_target": False, **spot} for spot in plain["spots"]]),
        "pass_percentage": plain["pass_percentage"],
    }


_KINDS: dict[str, tuple[type[OwnActivity], Any]] = {
    "knowledge_check": (KnowledgeCheck, _knowledge_check),
    "flash_cards": (FlashCards, _flash_cards),
    "branching_scenario": (BranchingScenario, _branching_scenario),
    "hotspot_picture": (HotspotPicture, _hotspot_picture),
}
