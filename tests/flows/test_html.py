"""Pages as everybody finds them, held against the rules of HTML in ``html_rules``."""

import re
from collections import deque
from random import Random

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file, get_test_image_file_svg

from assessments.actions import finish, start
from learning.tracking.actions import enrol
from membership.models import Person, Unit
from tests.factories.evaluation import draft_dossier, evidence_for, submitted_dossier
from tests.factories.pages import add_material
from tests.factories.way import Way, lay_way
from tests.flows.html_rules import language_of, problems_of, unmarked_vietnamese

# Enough to see each kind of page; lists lead to many of one kind.
MOST = 70
_LINK = re.compile(r'href="(/[^"#]*)')
_ELSEWHERE = re.compile(
    r"^/(quan-tri|static|media|documents|goi|tai-khoan/logout|xapi)|\.(pdf|docx|xlsx|csv|json|xml|ics|png)"
)
_NUMBER = re.compile(r"\d+|[0-9a-f-]{36}")


@pytest.fixture
def way(standing, private_files) -> Way:
    found = lay_way(standing)
    found.lessons[0].body = _every_block()
    found.lessons[0].is_open = True
    found.lessons[0].save_revision().publish()
    found.course.get_latest_revision().publish()
    found.course.refresh_from_db()
    add_material(found.tree.materials, "Tài liệu mẫu", body=_every_block())
    return found


def _every_block():
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


def _walk(client: Client, *starts: str) -> dict[str, str]:
    """Pages from these on, by their address; of addresses that differ by a number alone, the first."""
    waiting, seen, found = deque(starts), set(), {}
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        kind = _NUMBER.sub("0", address.partition("?")[0])
        if kind in seen or _ELSEWHERE.search(address):
            continue
        seen.add(kind)
        response = client.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found[address] = response.content.decode()
            waiting += _LINK.findall(found[address])
    return found


CRAWLS = [("", 12), ("an", 20), ("chi", 12), ("dung", 20), ("giang", 20)]


def _pages(way: Way, client: Client, who: str) -> dict[str, str]:
    evidence_for(way.standing.an.person)
    (draft_dossier if who == "an" else submitted_dossier)(way.standing.an)
    starts = ["/", "/tim-kiem/?q=kỹ năng", "/lien-he/"]
    if who:
        client.force_login(getattr(way.standing, who))
    if who in ("an", "chi"):
        starts += _lately_at(way, who)
    return _walk(client, *starts)


def _lately_at(way: Way, who: str) -> list[str]:
    """Where they were last: An in the middle of a quiz, Chi at the end of it."""
    user, at = getattr(way.standing, who), timezone.now()
    enrolment = enrol(person=user.person, course=way.course, by=user, at=at)
    begun = {"enrolment": enrolment, "quiz": way.quiz, "by": user, "at": at}
    over = finish(attempt=start(**begun, rng=Random(2)), by=user, at=at)
    attempt = start(**begun, rng=Random(1)) if who == "an" else over
    return [f"/bai-kiem-tra/{over.pk}/ket-qua/", f"/bai-kiem-tra/{attempt.pk}/", "/hoc-tap/ky-nang-so/mat-khau/"]


@pytest.mark.parametrize(("who", "least"), CRAWLS)
def test_pages_follow_the_rules_of_html(way, client, who, least):
    pages = _pages(way, client, who)
    assert len(pages) >= least, list(pages)
    assert [f"{address}: {wrong}" for address, html in pages.items() for wrong in problems_of(html)] == []


@pytest.mark.parametrize(("who", "least"), CRAWLS)
def test_what_is_vietnamese_in_an_english_page_says_so(way, client, who, least):
    client.cookies["django_language"] = "en"
    units = Unit.objects.values_list("name", flat=True)
    names = {"Công dân học tập", *Person.objects.values_list("full_name", flat=True), *units}
    pages = _pages(way, client, who)
    assert len(pages) >= least, list(pages)
    found = [f"{address}: {text}" for address, html in pages.items() for text in unmarked_vietnamese(html, names)]
    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_speaks_the_language_that_was_chosen_and_what_is_vietnamese_says_so(way, client, language):
    client.cookies["django_language"] = language
    for address in ("/", way.lessons[0].url, way.course.url, "/tai-lieu/", "/tai-lieu/tai-lieu-mau/"):
        html = client.get(address).content.decode()
        assert language_of(html) == language
        assert (' lang="vi"' in html.partition("<main")[2].partition("</main")[0]) == (language == "en"), address
        assert ("This page is written in Vietnamese." in html) == (language == "en")


def test_the_rules_find_what_is_wrong():
    wrong = """<nav></nav><nav></nav><input type="radio" autocomplete="off"><img width="560.0" src="">
      <figure><figcaption></figcaption><details></details><p></p></figure><figure><p></p><figcaption></figcaption>
      <details></details></figure><p><div></div></p><b id="x"></b><b id="x"></b><li></li><section></i></section>"""
    told = " ".join(problems_of(wrong))
    for part in ("landmarks", "autocomplete", "560.0", "src=''", "figcaption", "<div> in <p>", "id x", "<li>", "</i>"):
        assert part in told
