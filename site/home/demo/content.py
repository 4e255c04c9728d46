"""The demo's pages, written from the TOML files beside this module; every page has a published revision."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from wagtail.models import Page, Site

from assessments.actions import keep_picture, keep_sound, save_question, set_up_bank
from assessments.kinds import body_from_plain
from assessments.models import QuizDraw, QuizOpening, QuizPage
from home.demo import media
from home.demo.activities import activity_page, write_activity
from home.models import HomePage, PlainPage
from membership.models import User
from training_materials.actions import set_up_publishing
from training_materials.models import (
    CourseIndexPage,
    CoursePage,
    LessonPage,
    LibraryPage,
    MaterialFile,
    MaterialPage,
    Package,
    Topic,
)

AnyPage = TypeVar("AnyPage", bound=Page)
HERE = Path(__file__).parent
TOPICS = {
    "tieu-chi-cong-dan-hoc-tap": "Tiêu chí Công dân học tập",
    "minh-chung": "Minh chứng",
    "ke-hoach-hoc-tap": "Kế hoạch học tập",
    "hoc-tap-suot-doi": "Học tập suốt đời",
    "ky-nang-so": "Kỹ năng số",
    "an-toan-so": "An toàn trên mạng",
    "tham-dinh-ho-so": "Thẩm định hồ sơ",
    "phong-trao-khuyen-hoc": "Phong trào khuyến học",
    "ngoai-ngu": "Ngoại ngữ",
    "tu-duy-phan-bien": "Tư duy phản biện",
    "thu-vien-tu-hoc": "Thư viện và tự học",
    "phap-luat": "Pháp luật, văn bản",
}
_COURSE_ORDER = ["tieu-chi-va-minh-chung", "lap-ke-hoach-hoc-tap", "ky-nang-so-co-ban", "tham-dinh-ho-so"]


def publish_everything(*, by: User, at: datetime.datetime) -> None:
    """Topics, home page, plain pages, materials and courses with their questions."""
    topics = {slug: Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in TOPICS.items()}
    texts = read(HERE / "pages.toml")
    home = _home(texts["home"], by)
    for page in texts["pages"]:
        plain = PlainPage(title=page["title"], slug=page["slug"], body=blocks(page["blocks"]))
        plain.offers_self_check = page["slug"] == "cong-dan-hoc-tap"
        _publish(home, plain, by)
    library = _publish(home, LibraryPage(title="Tài liệu", slug="tai-lieu", show_in_menus=True), by)
    courses = _publish(home, CourseIndexPage(title="Khóa học", slug="khoa-hoc", show_in_menus=True), by)
    activities = {
        path.stem: write_activity(read(path), by=by, at=at) for path in sorted((HERE / "activities").glob("*.toml"))
    }
    for path in sorted((HERE / "materials").glob("*.toml")):
        _material(library, read(path), topics, by)
    for slug in _COURSE_ORDER:
        _course(courses, read(HERE / "courses" / f"{slug}.toml"), topics, activities, by, at)
    set_up_publishing(library=library, course_index=courses, by=by, at=at)
    set_up_bank(by=by, at=at)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _home(texts: dict[str, Any], by: User) -> HomePage:
    root = Page.get_first_root_node()
    for welcome in root.get_children():
        welcome.delete()
    root = Page.objects.get(pk=root.pk)
    home = HomePage(
        title="Công dân học tập",
        slug="trang-chu",
        headline=texts["headline"],
        introduction=texts["introduction"],
    )
    home = _publish(root, home, by)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Công dân học tập"}
    )
    return home


def _material(library: Page, plain: dict[str, Any], topics: dict[str, Topic], by: User) -> None:
    page = MaterialPage(
        title=plain["title"],
        slug=plain["slug"],
        summary=plain["summary"],
        type=plain["kind"],
        audience=plain["audience"],
        minutes=plain["minutes"],
        licence=plain["licence"],
        issuing_body=plain.get("issuing_body", ""),
        document_number=plain.get("document_number", ""),
        issued_on=plain.get("issued_on"),
        effective_on=plain.get("effective_on"),
        body=blocks(plain["blocks"]),
    )
    page.topics = [topics[slug] for slug in plain["topics"]]
    page.files = [  # type: ignore[misc]
        MaterialFile(title=attached["title"], document=media.paper(attached["source"], attached["title"]))
        for attached in plain.get("files", [])
    ]
    _publish(library, page, by)


def _course(
    index: Page,
    plain: dict[str, Any],
    topics: dict[str, Topic],
    activities: dict[str, Package],
    by: User,
    at: datetime.datetime,
) -> CoursePage:
    course = CoursePage(
        title=plain["title"],
        slug=plain["slug"],
        summary=plain["summary"],
        objectives="\n".join(plain["objectives"]),
        audience=plain["audience"],
    )
    course.topics = [topics[slug] for slug in plain["topics"]]
    course = _publish(index, course, by)
    placement = _publish(course, _extra(plain["placement"], topics), by) if "placement" in plain else None
    _lessons(course, plain, activities, by)
    if placement is not None:
        _open_lessons(placement, plain["placement"], by)
    for question in plain["questions"]:
        save_question(
            slug=question["slug"],
            topic=topics[question["topic"]],
            kind=question["kind"],
            prompt=question["prompt"],
            body=body_from_plain(question["kind"], question),
            feedback=question["feedback"],
            difficulty=question["difficulty"],
            audience=question.get("audience", "everyone"),
            media=_figures(question, by, at),
            by=by,
            at=at,
        )
    if "practice" in plain:
        _publish(course, _extra(plain["practice"], topics), by)
    _quiz(course, plain["quiz"], topics, by)
    return course


def _figures(question: dict[str, Any], by: User, at: datetime.datetime) -> list[dict[str, Any]]:
    """The picture and the sound beside a question, if it has them."""
    figures = []
    if picture := question.get("picture"):
        figure = keep_picture(image=media.image(picture["file"], picture["alt"][:250]), by=by, at=at)
        figures.append({"name": figure.name, "alt": picture["alt"], "place": None})
    if sound := question.get("sound"):
        figure = keep_sound(document=media.tone(sound["title"], sound["on"], sound["off"]), by=by, at=at)
        figures.append({"name": figure.name, "alt": sound["alt"], "place": None})
    return figures


def _lessons(course: Page, plain: dict[str, Any], activities: dict[str, Package], by: User) -> None:
    """Each with the activities that come after it."""
    for lesson in plain["lessons"]:
        page = LessonPage(
            title=lesson["title"],
            slug=lesson["slug"],
            summary=lesson["summary"],
            minutes=lesson["minutes"],
            is_open=lesson["is_open"],
            body=blocks(lesson["blocks"]),
        )
        _publish(course, page, by)
        for step in plain.get("activities", []):
            if step["after"] == lesson["slug"]:
                _publish(course, activity_page(step, activities[step["activity"]]), by)


def _quiz(course: Page, plain: dict[str, Any], topics: dict[str, Topic], by: User) -> None:
    quiz = QuizPage(
        title=plain["title"],
        slug=plain["slug"],
        minutes=plain["minutes"],
        introduction=plain["introduction"],
        pass_mark=plain["pass_mark"],
        attempts_allowed=plain["attempts_allowed"],
        time_limit_minutes=plain["time_limit_minutes"],
    )
    quiz.draws = _draws(plain, topics)
    _publish(course, quiz, by)


def _extra(plain: dict[str, Any], topics: dict[str, Topic]) -> QuizPage:
    """Practice or placement, for whoever tries the demo and for the search: nobody has to do it."""
    quiz = QuizPage(
        title=plain["title"],
        slug=plain["slug"],
        summary=plain["summary"],
        minutes=plain["minutes"],
        introduction=plain["introduction"],
        purpose=QuizPage.Purpose(plain.get("purpose", "practice")),
        is_required=False,
    )
    quiz.draws = _draws(plain, topics)
    return quiz


def _open_lessons(placement: QuizPage, plain: dict[str, Any], by: User) -> None:
    """The lessons that a good result opens before their turn; they stand after it, so they are told last."""
    lessons = {page.slug: page for page in placement.get_parent().get_children()}
    placement.openings = [QuizOpening(step=lessons[each["lesson"]], mark=each["mark"]) for each in plain["openings"]]
    placement.save_revision(user=by).publish(user=by)


def _draws(plain: dict[str, Any], topics: dict[str, Topic]) -> Any:
    return [QuizDraw(**draw | {"topic": topics[draw["topic"]]}) for draw in plain["draws"]]


def _publish(parent: Page, page: AnyPage, by: User) -> AnyPage:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


def blocks(plain: list[dict[str, Any]]) -> str:
    """The TOML form of a body as raw stream data."""
    return json.dumps([{"type": block["type"], "value": _value(block)} for block in plain])


def _value(block: dict[str, Any]) -> Any:
    match block["type"]:
        case "heading" | "text":
            return block.get("value") or block["text"]
        case "callout":
            return {"kind": block["kind"], "title": block["title"], "text": block["text"]}
        case "image":
            picture = media.image(block["file"], block["alt"][:250])
            return {"image": picture.pk, "alt": block["alt"], "caption": block["caption"]}
        case "video":
            return {
                "title": block["title"],
                "video": media.document(block["file"], block["title"]).pk,
                "captions": media.document(block["captions"], f"{block['title']} (phụ đề)").pk,
                "poster": media.image(Path(block["file"]).with_suffix(".png").name, block["title"]).pk,
                "transcript": block["transcript"],
            }
        case "package":
            package = Package.objects.get(title=block["activity"])
            return {"title": block["title"], "package": package.pk}
        case "self_check":
            options = [
                {"text": text, "is_correct": number == block["correct"]} for number, text in enumerate(block["options"])
            ]
            return {"question": block["question"], "options": options, "explanation": block["explanation"]}
    raise ValueError(f"No such block: {block['type']}")
