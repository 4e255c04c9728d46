"""Published pages: a home page with library and list of courses, materials, courses, lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from home.models import HomePage
from tests.laid import laid_once
from training_materials.models import CourseIndexPage, CoursePage, LessonPage, LibraryPage, MaterialPage


@dataclass
class Tree:
    home: HomePage
    materials: LibraryPage
    course_index: CourseIndexPage


@laid_once
def page_tree() -> Tree:
    """The site's home page, its library at /tai-lieu/ and its courses at /khoa-hoc/."""
    root = Page.get_first_root_node()
    home = HomePage(title="Trang chủ", slug="trang-chu", headline="Học", introduction="<p>Mỗi ngày</p>")
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    site.root_page = home
    site.save()
    return Tree(
        home=home,
        materials=publish(home, LibraryPage(title="Tài liệu", slug="tai-lieu")),
        course_index=publish(home, CourseIndexPage(title="Khóa học", slug="khoa-hoc")),
    )


def publish(parent: Page, page: Any, *, is_live: bool = True) -> Any:
    """Adds the page with a revision of its own, published unless it is to stay a draft."""
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if is_live:
        revision.publish()
        page.refresh_from_db()
    return page


def text_block(text: str) -> tuple[str, Any]:
    return ("text", f"<p>{text}</p>")


def a_cover(**values: Any) -> Image:
    """A picture wider than high, in a file of its own."""
    return Image.objects.create(title="Ảnh bìa", file=get_test_image_file(size=(960, 640)), **values)


def add_material(library: LibraryPage, title: str, *, is_live: bool = True, **values: Any) -> MaterialPage:
    text = values.pop("text", "Nội dung")
    topics = values.pop("topics", [])
    settled = {"type": MaterialPage.Type.GUIDE, "summary": "Tóm tắt", **values}
    settled.setdefault("body", [text_block(text)])
    page = MaterialPage(title=title, **settled)
    page.topics = topics
    return publish(library, page, is_live=is_live)


def add_course(index: CourseIndexPage, title: str, *, is_live: bool = True, **values: Any) -> CoursePage:
    topics = values.pop("topics", [])
    page = CoursePage(title=title, **{"summary": "Tóm tắt khóa học", **values})
    page.topics = topics
    return publish(index, page, is_live=is_live)


def add_lesson(course: CoursePage, title: str, *, is_live: bool = True, **values: Any) -> LessonPage:
    text = values.pop("text", "Nội dung bài học")
    settled = {"minutes": 10, **values}
    settled.setdefault("body", [text_block(text)])
    return publish(course, LessonPage(title=title, **settled), is_live=is_live)
