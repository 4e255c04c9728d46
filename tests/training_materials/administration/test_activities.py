"""Trainers write activities in Wagtail's admin; publishing from there makes the package that learners play."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from membership.policy import TRAINERS
from tests.factories import own_activities as written
from tests.factories.pages import add_course, add_lesson
from training_materials.actions import delete_package, publish_activity, set_up_publishing
from training_materials.activities.packing import unpack
from training_materials.blocks.bodies import body_html
from training_materials.models import FlashCards, KnowledgeCheck, LessonPage, Package, PackageVersion

GONE, WARNED = "không có lúc này", "Hãy xuất bản lại"

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client, tree, standing):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.binh.groups.add(Group.objects.get(name=TRAINERS))
    client.force_login(standing.binh)
    return standing.binh


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def filled(title="Mười chỉ số", *fronts):
    cards = [
        ("card", {"front": front, "back": f"Sau {front}", "picture": {"image": "", "alt": ""}}) for front in fronts
    ]
    return nested_form_data({"title": title, "introduction": "", "cards": streamfield(cards)})


def publish(activity, by):
    revision = written.saved(activity)
    publish_activity(activity=revision.as_object(), revision=revision, by=by, at=timezone.now())
    activity.refresh_from_db()
    return activity


@pytest.mark.parametrize("make", written.ALL.values(), ids=written.ALL)
def test_form_of_each_type_opens_with_its_preview(client, trainer, make):
    activity = make()
    written.saved(activity)
    page = client.get(address(type(activity), "edit", activity.pk)).content.decode()
    assert address(type(activity), "preview_on_edit", activity.pk) in page
    assert address(type(activity), "export_activity", activity.pk) in page
    assert client.get(address(type(activity), "add")).status_code == 200


def test_draft_is_saved_without_a_package(client, trainer):
    client.post(address(FlashCards, "add"), filled("Bản nháp", "Một"))
    activity = FlashCards.objects.get()
    assert (activity.live, activity.package) == (False, None)


def test_publishing_from_the_form_makes_the_package(client, trainer):
    client.post(address(FlashCards, "add"), filled("Mười chỉ số", "Một", "Hai") | {"action-publish": "1"})
    activity = FlashCards.objects.get()
    assert activity.live
    assert activity.package.versions.get().title == "Mười chỉ số"
    client.post(address(FlashCards, "edit", activity.pk), filled("Mười chỉ số", "Một", "Ba") | {"action-publish": "1"})
    assert [version.number for version in activity.package.versions.all()] == [2, 1]


def test_publishing_what_is_wrong_is_refused_in_words_and_kept_on_the_form(client, trainer):
    page = client.post(address(KnowledgeCheck, "add"), without_right_answer() | {"action-publish": "1"})
    assert page.status_code == 200
    assert "Câu 1: hãy đánh dấu ít nhất một câu trả lời đúng" in page.content.decode()
    assert not KnowledgeCheck.objects.filter(live=True).exists()


def test_preview_plays_what_stands_in_the_form(client, trainer):
    activity = written.flash_cards()
    written.saved(activity)
    place = address(FlashCards, "preview_on_edit", activity.pk)
    assert client.post(place, filled("Đang viết", "Chưa lưu")).json() == {"is_valid": True, "is_available": True}
    page = client.get(place, {"mode": ""}).content.decode()
    assert "LearningCitizen.FlashCards-1.0/flash-cards" in page
    assert "Ch\\u01b0a l\\u01b0u" in page


def test_preview_says_what_keeps_it_from_being_published(client, trainer):
    place = address(KnowledgeCheck, "preview_on_add")
    client.post(place, without_right_answer())
    assert "Câu 1: hãy đánh dấu ít nhất một câu trả lời đúng" in client.get(place, {"mode": ""}).content.decode()


def test_copy_is_a_draft_of_its_own(client, trainer):
    activity = publish(written.flash_cards(), trainer)
    page = client.get(address(FlashCards, "copy", activity.pk)).content.decode()
    assert "Mười chỉ số (bản sao)" in page
    client.post(address(FlashCards, "copy", activity.pk), filled("Bản sao", "Một"))
    copied = FlashCards.objects.get(title="Bản sao")
    assert (copied.package, copied.live) == (None, False)
    assert FlashCards.objects.get(pk=activity.pk).package == activity.package


def test_usage_names_the_pages_that_play_its_package(client, trainer, tree):
    activity = publish(written.flash_cards(), trainer)
    course = add_course(tree.course_index, "Khóa học")
    add_lesson(course, "Bài có thẻ ghi nhớ", body=[("package", {"package": activity.package})])
    assert "Bài có thẻ ghi nhớ" in client.get(address(FlashCards, "usage", activity.pk)).content.decode()


def test_what_is_unpublished_plays_on_no_page_until_it_is_published_again(client, trainer, tree):
    activity = publish(written.flash_cards(), trainer)
    block = ("package", {"title": "Thẻ", "package": activity.package})
    lesson = add_lesson(add_course(tree.course_index, "Khóa học"), "Bài có thẻ ghi nhớ", body=[block])
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    def notices():
        return GONE in str(lesson.body), WARNED in client.get(edit).content.decode()

    assert notices() == (False, False)
    assert "trở lại ở mọi nơi" in client.get(address(FlashCards, "unpublish", activity.pk)).content.decode()
    client.post(address(FlashCards, "unpublish", activity.pk))
    assert notices() == (True, True)
    assert activity.package not in Package.objects.playable()
    activity.refresh_from_db()
    publish(activity, trainer)
    assert notices() == (False, False)


def test_a_lesson_that_was_shown_before_follows_at_once(client, trainer, tree, django_capture_on_commit_callbacks):
    activity = publish(written.flash_cards(), trainer)
    block = ("package", {"title": "Thẻ", "package": activity.package})
    lesson = add_lesson(add_course(tree.course_index, "Khóa học"), "Bài có thẻ ghi nhớ", body=[block])
    assert GONE not in body_html(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(FlashCards, "unpublish", activity.pk))
    assert GONE in body_html(lesson)
    activity.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        publish(activity, trainer)
    assert GONE not in body_html(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        delete_package(package=activity.package, by=trainer, at=timezone.now())
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert GONE in body_html(lesson)


def test_deleting_keeps_the_content_for_what_was_done_with_it_but_plays_it_no_more(client, trainer, tree):
    activity = publish(written.flash_cards(), trainer)
    sure = client.get(address(FlashCards, "delete", activity.pk)).content.decode()
    assert "vẫn được giữ" in sure
    client.post(address(FlashCards, "delete", activity.pk))
    assert PackageVersion.objects.filter(package=activity.package).exists()
    assert PackageVersion.objects.latest_of(activity.package_id) is None


def test_export_is_the_file_that_other_hosts_import(client, trainer):
    activity = written.knowledge_check(title="Minh chứng là gì?")
    written.saved(activity)
    response = client.get(address(KnowledgeCheck, "export_activity", activity.pk))
    assert response["Content-Disposition"] == 'attachment; filename="minh-chung-la-gi.h5p"'
    assert unpack(BytesIO(response.content)) == activity.written.content


def test_members_reach_none_of_it(client, trainer, standing):
    activity = written.flash_cards()
    written.saved(activity)
    client.force_login(standing.an)
    for name, args in (("list", []), ("edit", [activity.pk]), ("export_activity", [activity.pk])):
        assert client.get(address(FlashCards, name, *args)).status_code in (302, 403)


def without_right_answer():
    answers = [{"text": text, "is_right": "", "feedback": ""} for text in ("a", "b")]
    rows = {str(number): {"deleted": "", "order": str(number), "type": "item", "id": "", "value": value}
            for number, value in enumerate(answers)}  # fmt: skip
    value = {"text": "Câu", "picture": {"image": "", "alt": ""}, "explanation": "", "answers": {"count": "2", **rows}}
    questions = streamfield([("question", value)])
    return nested_form_data({"title": "Sai", "introduction": "", "pass_percentage": "60", "questions": questions})
