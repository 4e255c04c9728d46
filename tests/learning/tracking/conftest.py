from dataclasses import dataclass

import pytest

from membership.models import User
from tests.factories.pages import add_course, add_lesson, page_tree
from tests.laid import laid_once
from training_materials.models import CourseIndexPage, CoursePage, LessonPage, Topic


@dataclass
class School:
    """A course of two required lessons and an optional one."""

    index: CourseIndexPage
    course: CoursePage
    first: LessonPage
    second: LessonPage
    extra: LessonPage


@pytest.fixture
@laid_once
def school(db) -> School:
    index = page_tree().course_index
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so-thu")
    course = add_course(index, "Kỹ năng số cơ bản", slug="ky-nang-so", topics=[topic])
    return School(
        index=index,
        course=course,
        first=add_lesson(course, "Mật khẩu mạnh", slug="mat-khau", text="Mật khẩu dài thì mạnh"),
        second=add_lesson(course, "Gửi thư điện tử", slug="thu-dien-tu"),
        extra=add_lesson(course, "Đọc thêm", slug="doc-them", is_required=False),
    )


@pytest.fixture
def an(standing) -> User:
    return standing.an


@pytest.fixture
def signed_in(client, an):
    client.force_login(an)
    return client
