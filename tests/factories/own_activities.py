"""Activities written in the forms: one small one of each kind, saved as drafts."""

import json
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images.models import Image

from training_materials.models import BranchingScenario, FlashCards, HotspotPicture, KnowledgeCheck, OwnActivity

NO_PICTURE = {"image": None, "alt": ""}


def add_image(title: str = "Giấy công nhận") -> Image:
    body = BytesIO()
    Drawing.new("RGB", (1600, 1000), "#f3eee1").save(body, "PNG")
    return Image.objects.create(title=title, file=ImageFile(body, name="giay.png"))


def stream(kind: str, *values: dict[str, Any]) -> str:
    return json.dumps([{"type": kind, "value": value} for value in values])


def knowledge_check(**values: Any) -> KnowledgeCheck:
    question = {
        "text": "Đâu là minh chứng?",
        "picture": NO_PICTURE,
        "answers": [
            {"text": "Giấy xác nhận", "is_right": True, "feedback": "Có nơi cấp."},
            {"text": "Lời kể", "is_right": False, "feedback": ""},
        ],
        "explanation": "Minh chứng kiểm tra được.",
    }
    both = question | {"text": "Chọn hai việc tự học", "answers": [
        {"text": "Đọc sách", "is_right": True}, {"text": "Học trực tuyến", "is_right": True},
        {"text": "Ngủ trưa", "is_right": False}]}  # fmt: skip
    return KnowledgeCheck(**{"title": "Kiểm tra nhanh", "questions": stream("question", question, both)} | values)


def flash_cards(**values: Any) -> FlashCards:
    cards = [{"front": f"Chỉ số {number}", "picture": NO_PICTURE, "back": text}
             for number, text in enumerate(("Đọc", "Kế hoạch"), start=1)]  # fmt: skip
    return FlashCards(**{"title": "Mười chỉ số", "cards": stream("card", *cards)} | values)


def branching_scenario(**values: Any) -> BranchingScenario:
    scenes = [
        {"key": "hop", "title": "Cuộc họp", "picture": NO_PICTURE, "text": "Mọi người đã đến.", "points": 0,
         "choices": [
            {"text": "Lắng nghe", "next": "hop", "reply": "Ấm lên.", "needs": [],
             "changes": [{"meter": "tin", "by": 2}]},
            {"text": "Chốt chung", "next": "vui", "reply": "", "changes": [],
             "needs": [{"meter": "tin", "at_least": 3}]},
            {"text": "Chốt một mình", "next": "buon", "reply": "", "changes": [], "needs": []},
        ]},
        {"key": "vui", "title": "Đồng thuận", "picture": NO_PICTURE, "text": "Ai cũng ký.", "choices": [],
         "points": 10},
        {"key": "buon", "title": "Bỏ dở", "picture": NO_PICTURE, "text": "Vài người về.", "choices": [],
         "points": 2},
    ]  # fmt: skip
    meter = {"key": "tin", "label": "Lòng tin", "start": 1, "lowest": 0, "highest": 5}
    settled = {"title": "Cuộc họp chi hội", "meters": stream("meter", meter), "scenes": stream("scene", *scenes)}
    return BranchingScenario(**settled | values)


def hotspot_picture(**values: Any) -> HotspotPicture:
    spots = [{"x": 20, "y": 20, "label": "Quốc hiệu", "text": "Ở trên cùng.", "is_target": True},
             {"x": 80, "y": 70, "label": "Dấu", "text": "Màu đỏ.", "is_target": False}]  # fmt: skip
    settled = {"title": "Tờ giấy", "alt": "Giấy công nhận", "spots": stream("spot", *spots)}
    picture = values.pop("picture", None) or add_image()
    return HotspotPicture(**settled | {"picture": picture} | values)


ALL = {"check": knowledge_check, "cards": flash_cards, "story": branching_scenario, "hotspots": hotspot_picture}


def saved(activity: OwnActivity) -> Any:
    """Kept as a draft with a revision, as the form does; gives the revision."""
    activity.live = False
    activity.save()
    return activity.save_revision()
