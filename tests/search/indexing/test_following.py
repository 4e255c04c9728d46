"""The index follows what is published, moved, renamed, restricted and deleted: each change is noted with itself."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document as File
from wagtail.models import PageViewRestriction

from search import actions
from search.models import PendingChange, SearchDocument
from search.sources import Description, Source, register
from search.sources.registry import _sources
from search.tasks import carry_out
from tests.factories.pages import add_course, add_lesson, add_material
from tests.search.asking import found, index_now, refresh_now, titles
from training_materials.models import MaterialPage, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]

AT = timezone.now()


def waiting():
    return list(PendingChange.objects.filter(queue="documents").values_list("subject", flat=True))


def test_publishing_is_noted_and_carried_out(tree):
    index_now()
    page = add_material(tree.materials, "Sổ tay an toàn")
    assert f"tree:{page.path}" in waiting()
    assert carry_out.call() == 1
    refresh_now()
    assert titles(found("an toàn")) == ["Sổ tay an toàn"]
    assert waiting() == []


def test_a_change_that_is_rolled_back_leaves_no_note(tree):
    index_now()
    with transaction.atomic():
        add_material(tree.materials, "Sổ tay an toàn")
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_course_takes_its_lessons_along(tree):
    course = add_course(tree.course_index, "An toàn")
    add_lesson(course, "Bài một")
    index_now()
    course.refresh_from_db()
    course.slug = "dia-chi-moi"
    course.save_revision().publish()
    index_now()
    assert SearchDocument.objects.get(title="Bài một").url == "/khoa-hoc/dia-chi-moi/bai-mot/"


def test_lifting_a_restriction_lets_it_be_found(tree):
    page = add_material(tree.materials, "Sổ tay an toàn")
    closed = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    index_now()
    assert found("an toàn").total == 0
    closed.delete()
    index_now()
    assert found("an toàn").total == 1


def test_a_renamed_topic_is_found_by_its_new_name(tree):
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    add_material(tree.materials, "Sổ tay", topics=[topic])
    index_now()
    topic.name = "Năng lực dùng máy tính"
    topic.save()
    index_now()
    assert titles(found("máy tính")) == ["Sổ tay"]


def test_what_says_the_same_as_before_is_left_alone(tree):
    add_material(tree.materials, "Sổ tay")
    index_now()
    before = SearchDocument.objects.get().indexed_at
    actions.note(["all:"])
    index_now()
    assert SearchDocument.objects.get().indexed_at == before


def test_one_that_fails_is_put_off_and_keeps_no_other_waiting(tree):
    add_material(tree.materials, "Sổ tay an toàn")
    page = MaterialPage.objects.get()

    def fails(_page):
        raise ValueError

    register(Source("broken", MaterialPage, fails))
    try:
        actions.note([f"key:broken:{page.pk}"])
        actions.drain(at=AT)
    finally:
        _sources.pop("broken")
    assert found("an toàn").total == 1
    late = PendingChange.objects.get(queue="documents")
    assert (late.attempts, late.error, late.not_before > AT) == (1, "ValueError", True)
    assert actions.drain(at=AT).changes == 0
    actions.drain(at=late.not_before)
    assert waiting() == []


def test_the_text_of_an_attached_file_is_found_and_follows_the_file(tree):
    file = File.objects.create(title="Báo cáo", file=ContentFile("Máy gặt liên hợp".encode(), name="bao-cao.txt"))
    page = add_material(tree.materials, "Sổ tay an toàn")
    page.files.create(title="Báo cáo", document=file)
    page.save_revision().publish()
    carry_out.call()
    refresh_now()
    (hit,) = found("máy gặt").hits
    assert hit.place == "file"
    file.file = ContentFile("Máy cày".encode(), name="bao-cao-2.txt")
    file.file_hash = ""
    file.save()
    carry_out.call()
    refresh_now()
    assert found("gặt").total == 0
    assert found("cày").total == 1


def test_a_rebuild_has_files_read_that_never_were(tree):
    file = File.objects.create(title="Báo cáo", file=ContentFile("Máy gặt liên hợp".encode(), name="bao-cao.txt"))
    page = add_material(tree.materials, "Sổ tay an toàn")
    page.files.create(title="Báo cáo", document=file)
    page.save_revision().publish()
    call_command("search_rebuild", verbosity=0)
    assert found("máy gặt").total == 1


def test_a_rebuild_tells_how_far_it_is_with_reading_and_with_building(tree):
    for number in range(3):
        add_material(tree.materials, f"An toàn số {number}")
    told = []
    actions.rebuild(progress=lambda done, total: told.append((done, total)))
    ends = [(done, total) for done, total in told if done == total]
    assert ends[-1] == (3, 3)
    assert len(ends) >= 2  # a third for Elasticsearch


def test_a_kind_of_thing_that_is_no_page_needs_a_few_lines(tree):
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    register(Source("topic", Topic, lambda one: Description(kind="chu-de", url="/x/", title=one.name)))
    try:
        actions.note([f"key:topic:{topic.pk}"])
        index_now()
        assert titles(found("kỹ năng")) == ["Kỹ năng số"]
    finally:
        _sources.pop("topic")
