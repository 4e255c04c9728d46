"""Pages as everybody finds them: a world that has each kind of page, and a walk along its links."""

import re
from collections import deque
from collections.abc import Callable
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file, get_test_image_file_svg

from assessments.actions import finish, start
from learning.tracking.actions import enrol
from tests.factories.evaluation import draft_dossier, evidence_for, submitted_dossier
from tests.factories.pages import add_material
from tests.factories.people import Standing
from tests.factories.way import Way, lay_way

# Enough to see each kind of page; lists lead to many of one kind.
MOST = 70
_LINK = re.compile(r'href="(/[^"#]*)')
_ELSEWHERE = re.compile(
    r"^/(quan-tri|static|media|documents|goi|tai-khoan/logout|xapi)|\.(pdf|docx|xlsx|csv|json|xml|ics|png|py|zip|jwt|txt)"
)
_NUMBER = re.compile(r"\d+|[0-9a-f-]{36}")


def lay_pages(standing: Standing) -> Way:
    found = lay_way(standing)
    found.lessons[0].body = every_block()
    found.lessons[0].is_open = True
    found.lessons[0].save_revision().publish()
    found.course.get_latest_revision().publish()
    found.course.refresh_from_db()
    add_material(found.tree.materials, "Tài liệu mẫu", body=every_block())
    return found


def starts_of(way: Way, who: str) -> list[str]:
    """Where the walk of that person begins; nobody ("") has no account. What they have there is made."""
    evidence_for(way.standing.an.person)
    (draft_dossier if who == "an" else submitted_dossier)(way.standing.an)
    starts = ["/", "/tim-kiem/?q=kỹ năng", "/lien-he/"]
    return starts + _lately_at(way, who) if who in ("an", "chi") else starts


def walk(read: Callable[[str], str | None], *starts: str) -> dict[str, str]:
    """Pages from these on, by their address; of addresses that differ by a number alone, the first that is a page."""
    waiting, seen, found = deque(starts), set(), {}
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        kind = _NUMBER.sub("0", address.partition("?")[0])
        if kind in seen or _ELSEWHERE.search(address):
            continue
        seen.add(kind)
        if html := read(address):
            found[address] = html
            waiting += _LINK.findall(html)
    return found


def every_block():
    picture = Image.objects.create(title="Hình", file=get_test_image_file())
    drawing = Image.objects.create(title="Nét", file=get_test_image_file_svg())
    file = Document.objects.create(title="Tệp", file=ContentFile(b"WEBVTT\n", name="a.vtt"), file_size=7)
    film = Document.objects.create(title="Phim", file=ContentFile(b"x", name="a.webm"), file_size=1)
    check = {"question": "Đâu đúng?", "options": [{"text": "Đây", "is_correct": True}, {"text": "Kia"}],
             "explanation": "Vì thế."}  # fmt: skip
    video = {"title": "Phim", "video": film, "captions": file, "poster": picture, "transcript": "<p>Lời</p>"}
    return [
        ("heading", "Đề mục"),
        ("text", "<p>Lời</p>"),
        ("callout", {"kind": "note", "title": "Chú ý", "text": "<p>Lời</p>"}),
        ("image", {"image": picture, "alt": "Mô tả", "caption": "Chú thích"}),
        ("image", {"image": drawing, "alt": "Mô tả", "caption": "Chú thích"}),
        ("video", video),
        ("video", video | {"video": None, "captions": None, "poster": None}),
        ("file", {"title": "Tệp", "document": file}),
        ("self_check", check),
        ("self_check", check | {"question": "Còn đâu đúng?"}),
    ]


def _lately_at(way: Way, who: str) -> list[str]:
    """Where they were last: An in the middle of a quiz, Chi at the end of it."""
    user, at = getattr(way.standing, who), timezone.now()
    enrolment = enrol(person=user.person, course=way.course, by=user, at=at)
    begun = {"enrolment": enrolment, "quiz": way.quiz, "by": user, "at": at}
    over = finish(attempt=start(**begun, rng=Random(2)), by=user, at=at)
    attempt = start(**begun, rng=Random(1)) if who == "an" else over
    return [f"/bai-kiem-tra/{over.pk}/ket-qua/", f"/bai-kiem-tra/{attempt.pk}/", "/hoc-tap/ky-nang-so/mat-khau/"]
