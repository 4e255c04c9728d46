"""The demo's pages and activities, written from the TOML files beside this module: each page has a published revision.

What the files say under the name of a field goes into that field.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from wagtail.models import Page, Site

from assessments.actions import keep_picture, keep_sound, point_to_lesson, save_pool, save_question
from assessments.kinds import body_from_plain
from assessments.models import Pool, QuizDraw, QuizOpening, QuizPage
from home.demo import media
from home.models import HomePage, PlainPage
from learning.tracking.models import ActivityPage
from membership.models import User
from search.actions import count_missed, save_pick
from search.models import Pick
from training_materials.actions import publish_activity, set_up_publishing
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
Plain = dict[str, Any]
HERE = Path(__file__).parent
_POOLS = {"graded": "Kiểm tra", "practice": "Luyện tập"}
_COURSE_ORDER = ["tieu-chi-va-minh-chung", "lap-ke-hoach-hoc-tap", "ky-nang-so-co-ban", "tham-dinh-ho-so"]


def publish_everything(*, by: User, at: datetime.datetime) -> None:
    """Topics, home page, plain pages, materials and courses with their questions."""
    texts, writer = read("pages.toml"), _Writer(by, at)
    home = writer.home(texts["home"])
    heads: dict[str, Page] = {}
    for plain in texts["pages"]:
        page = _made(PlainPage, plain, body=blocks(plain["blocks"]))
        heads[plain["slug"]] = writer.publish(heads.get(plain.get("under", ""), home), page)
    library = writer.publish(home, LibraryPage(title="Tài liệu", slug="tai-lieu", show_in_menus=True))
    courses = writer.publish(home, CourseIndexPage(title="Khóa học", slug="khoa-hoc", show_in_menus=True))
    activities = {path.stem: writer.activity(read(path)) for path in sorted((HERE / "activities").glob("*.toml"))}
    for path in sorted((HERE / "materials").glob("*.toml")):
        writer.material(library, read(path))
    for slug in _COURSE_ORDER:
        writer.course(courses, read(f"courses/{slug}.toml"), activities)
    set_up_publishing(library=library, course_index=courses, by=by, at=at)


def fill_search(*, by: User, at: datetime.datetime, now: datetime.datetime) -> None:
    """What editors put first, and what people looked for in vain until now."""
    texts = read("search.toml")
    for plain in texts["picks"]:
        page = Page.objects.get(slug=plain["slug"])
        pick = Pick(queries="\n".join(plain["queries"]), page=page, reason=plain["reason"])
        save_pick(pick=pick, by=by, at=at)
    for words, times in texts["missed"].items():
        for day in range(times):
            count_missed(words=words, at=now - datetime.timedelta(days=day))


def read(path: Path | str) -> Plain:
    return tomllib.loads((HERE / path).read_text(encoding="utf-8"))


def _made(model: type[AnyPage], plain: Plain, **more: Any) -> AnyPage:
    """A page that says of its fields what the text says, and more."""
    named = {field.name for field in model._meta.concrete_fields} & plain.keys()
    return model(**{name: plain[name] for name in named} | more)


@dataclass
class _Writer:
    by: User
    at: datetime.datetime

    @cached_property
    def topics(self) -> dict[str, Topic]:
        texts = read("pages.toml")
        said = {slug: {"name": name, "illustration": texts["drawings"][slug]} for slug, name in texts["topics"].items()}
        return {slug: Topic.objects.get_or_create(slug=slug, defaults=said[slug])[0] for slug in said}

    def publish(self, parent: Page, page: AnyPage) -> AnyPage:
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision(user=self.by).publish(user=self.by)
        page.refresh_from_db()
        return page

    def home(self, texts: Plain) -> HomePage:
        root = Page.get_first_root_node()
        for welcome in root.get_children():
            welcome.delete()
        root = Page.objects.get(pk=root.pk)
        home = self.publish(root, _made(HomePage, texts, title="Công dân học tập", slug="trang-chu"))
        site = {"hostname": "localhost", "root_page": home, "site_name": "Công dân học tập"}
        Site.objects.update_or_create(is_default_site=True, defaults=site)
        return home

    def material(self, library: Page, plain: Plain) -> None:
        page = _made(MaterialPage, plain, body=blocks(plain["blocks"]))
        page.topics = [self.topics[slug] for slug in plain["topics"]]
        page.files = [  # type: ignore[misc]
            MaterialFile(title=attached["title"], document=media.paper(attached["source"], attached["title"]))
            for attached in plain.get("files", [])
        ]
        self.publish(library, page)

    def activity(self, plain: Plain) -> Package:
        """The package of the activity, written and published unless one with that title stands."""
        model: Any = apps.get_model("training_materials", plain["kind"])
        activity = model.objects.filter(title=plain["title"]).first()
        if activity is None:
            activity = model(**_written(model, plain), live=False)
            activity.save()
            revision = activity.save_revision(user=self.by)
            publish_activity(activity=revision.as_object(), revision=revision, by=self.by, at=self.at)
            activity.refresh_from_db()
        return activity.package

    def course(self, index: Page, plain: Plain, activities: dict[str, Package]) -> None:
        course = _made(CoursePage, plain, objectives="\n".join(plain["objectives"]))
        course.topics = [self.topics[slug] for slug in plain["topics"]]
        course = self.publish(index, course)
        pools = self._pools(course, plain["questions"])
        placement = self._extra(course, plain["placement"], pools) if "placement" in plain else None
        for lesson in plain["lessons"]:
            self.publish(course, _made(LessonPage, lesson, body=blocks(lesson["blocks"])))
            for step in plain.get("activities", []):
                if step["after"] == lesson["slug"]:
                    package = activities[step["activity"]]
                    self.publish(course, _made(ActivityPage, step, package=package, is_required=False))
        if placement is not None:
            self._open_lessons(placement, plain["placement"])
        for question in plain["questions"]:
            self._question(question, pools.get(question.get("pool", "graded")), course)
        if "practice" in plain:
            self._extra(course, plain["practice"], pools)
        self._quiz(course, _made(QuizPage, plain["quiz"]), plain["quiz"], pools["graded"])

    def _pools(self, course: CoursePage, questions: list[Plain]) -> dict[str, Pool]:
        """Of its examination, and of what shows answers before it; "bank" is what all courses share."""
        held = {question.get("pool", "graded") for question in questions} - {"bank"}
        return {name: save_pool(course=course, name=_POOLS[name], by=self.by, at=self.at) for name in sorted(held)}

    def _question(self, plain: Plain, pool: Pool | None, course: CoursePage) -> None:
        said = {name: plain[name] for name in ("slug", "kind", "prompt", "feedback", "difficulty")}
        question = save_question(
            **said,
            topic=self.topics[plain["topic"]],
            body=body_from_plain(plain["kind"], plain),
            audience=plain.get("audience", "everyone"),
            pool=pool,
            media=self._figures(plain),
            by=self.by,
            at=self.at,
        )
        if "lesson" in plain:
            lesson = LessonPage.objects.child_of(course).get(slug=plain["lesson"])
            heading = plain.get("heading", "")
            point_to_lesson(question=question, lesson=lesson, heading=heading, by=self.by, at=self.at)

    def _figures(self, question: Plain) -> list[Plain]:
        """The picture and the sound beside a question, if it has them."""
        kept = []
        if picture := question.get("picture"):
            image = media.image(picture["file"], picture["alt"][:250])
            kept.append((keep_picture(image=image, by=self.by, at=self.at), picture))
        if sound := question.get("sound"):
            document = media.tone(sound["title"], sound["on"], sound["off"])
            kept.append((keep_sound(document=document, by=self.by, at=self.at), sound))
        return [{"name": figure.name, "alt": said["alt"], "place": None} for figure, said in kept]

    def _quiz(self, course: Page, quiz: QuizPage, plain: Plain, pool: Pool) -> QuizPage:
        draws = ({**draw, "topic": self.topics[draw["topic"]], "pool": pool} for draw in plain["draws"])
        quiz.draws.add(*(QuizDraw(**draw) for draw in draws))
        return self.publish(course, quiz)

    def _extra(self, course: Page, plain: Plain, pools: dict[str, Pool]) -> QuizPage:
        """Practice or placement, for whoever tries the demo and for the search: nobody has to do it."""
        purpose = QuizPage.Purpose(plain.get("purpose", "practice"))
        page = _made(QuizPage, plain, purpose=purpose, is_required=False)
        return self._quiz(course, page, plain, pools["practice"])

    def _open_lessons(self, placement: QuizPage, plain: Plain) -> None:
        """The lessons that a good result opens before their turn; they stand after it, so they are told last."""
        lessons = {page.slug: page for page in placement.get_parent().get_children()}
        opened = (QuizOpening(step=lessons[each["lesson"]], mark=each["mark"]) for each in plain["openings"])
        placement.openings.add(*opened)
        placement.save_revision(user=self.by).publish(user=self.by)


def _written(model: Any, plain: Plain) -> Plain:
    """The fields of an activity; its lists are streams of one kind of block, called as the list is without its "s"."""
    held = {name: plain[name] for name in ("title", "introduction", *model.written_fields) if name in plain}
    lists = {name: value for name, value in held.items() if isinstance(value, list)}
    if "file" in plain:
        held["picture"] = media.image(plain["file"], plain["title"])
    return held | {name: _stream((name[:-1], value) for value in values) for name, values in lists.items()}


def blocks(plain: list[Plain]) -> str:
    """The TOML form of a body as raw stream data."""
    return _stream((block["type"], _value(**block)) for block in plain)


def _stream(typed: Any) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in typed])


def _value(type: str, **said: Any) -> Any:
    match type:
        case "heading" | "text":
            return said.get("value") or said["text"]
        case "image":
            picture = media.image(said.pop("file"), said["alt"][:250])
            return said | {"image": picture.pk}
        case "video":
            file, title = said.pop("file"), said["title"]
            return said | {
                "video": media.document(file, title).pk,
                "captions": media.document(said["captions"], f"{title} (phụ đề)").pk,
                "poster": media.image(Path(file).with_suffix(".png").name, title).pk,
            }
        case "package":
            return {"title": said["title"], "package": Package.objects.get(title=said["activity"]).pk}
        case "self_check":
            right = said.pop("correct")
            options = [{"text": text, "is_correct": place == right} for place, text in enumerate(said["options"])]
            return said | {"options": options}
        case "callout":
            return said
    raise ValueError(f"No such block: {type}")
