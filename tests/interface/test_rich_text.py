"""What no editor sends in place of a rich text: told at the field, in every form that has one, and nothing is lost."""

import json

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from home.models import HomePage
from interface.rich_text import RichTextArea
from tests.factories.pages import add_course, add_lesson, page_tree
from tests.factories.people import add_user

pytestmark = pytest.mark.django_db
NO_DOCUMENTS = {
    "list": "[]",
    "number": "1",
    "words": '"x"',
    "cut short": '{"blocks": [{"te',
    "object": "{}",
    "blocks are a number": '{"blocks": 1}',
    "blocks are an object": '{"blocks": {}, "entityMap": {}}',
    "entities are a list": '{"blocks": [{}], "entityMap": []}',
    "deep": "[" * 3_000,
    "no text": '{"blocks": [{"text": 5}], "entityMap": {}}',
    "list without end": '{"blocks": [{"type": "unordered-list-item", "depth": 1e9}], "entityMap": {}}',
}


def linked(**to):
    """A document whose one word is a link."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": to}
    block = {"text": "xem", "type": "unstyled", "entityRanges": [{"offset": 0, "length": 3, "key": 0}]}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


TELLS = "Trình soạn thảo đã gửi đoạn này không đúng cách."


def form_with(office, address, **bodies):
    page = office.get(address).content.decode()
    form_id = BeautifulSoup(page, "html.parser").select_one("form[data-edit-form]")["id"]
    sent = querydict_from_html(page, form_id=form_id).dict()
    return {name: value for name, value in sent.items() if not name.startswith("loaded_revision")} | bodies


@pytest.fixture
def tree():
    return page_tree()


@pytest.fixture
def office(client, tree):
    client.force_login(add_user("quyen", "Người quản trị", is_superuser=True))
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("sent", NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_what_is_no_document_is_refused_in_words_and_shown(sent):
    field = HomePage._meta.get_field("introduction").formfield()
    read = field.widget.value_from_datadict({"text": sent}, {}, "text")
    with pytest.raises(ValidationError, match=TELLS):
        field.clean(read)
    shown = json.loads(field.widget.format_value(read))
    assert "".join(block["text"] for block in shown["blocks"]) == sent.strip()


def test_a_field_says_so_and_the_others_keep_what_was_typed(office, tree):
    data = form_with(office, edit(tree.home), introduction="[]", headline="Đầu đề mới")
    answer = office.post(edit(tree.home), data)
    form = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert TELLS in answer.content.decode()
    assert form.select_one("[name=headline]")["value"] == "Đầu đề mới"


def test_so_does_a_block_to_who_saves_publishes_or_stops_for_a_while(office, tree):
    lesson = add_lesson(add_course(tree.course_index, "Khóa học"), "Bài học", is_open=True)
    stream = [("text", "[]"), ("callout", {"kind": "note", "title": "Nhớ", "text": "1"}), ("heading", "Phần một")]
    data = form_with(office, edit(lesson), **nested_form_data({"body": streamfield(stream)}))
    for action in ({}, {"action-publish": "1"}):
        told = office.post(edit(lesson), data | action).content.decode()
        assert [told.count(json.dumps(words)[1:-1]) for words in (TELLS, "Phần một")] == [2, 1]
    assert not office.post(edit(lesson), data, headers={"Accept": "application/json"}).json()["success"]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert not office.post(preview, data).json()["is_valid"]


@pytest.mark.parametrize("row", ["x", "²", 10**40, -1, 1.5, True, {}])
def test_a_link_that_leads_to_no_row_is_not_kept_for_readers_to_meet(row):
    read = get_rich_text_editor_widget(features=["link"]).value_from_datadict({"text": linked(id=row)}, {}, "text")
    with pytest.raises(ValidationError, match=TELLS):
        str(read)


def test_a_link_to_a_page_is_kept(office, tree):
    data = form_with(office, edit(tree.home), introduction=linked(id=tree.materials.pk))
    assert office.post(edit(tree.home), data | {"action-publish": "1"}).status_code == 302
    tree.home.refresh_from_db()
    assert f'<a href="{tree.materials.url}">xem</a>' in str(RichText(tree.home.introduction))


def test_what_the_editor_sends_is_read_and_signs_that_cannot_be_kept_go():
    area = get_rich_text_editor_widget(features=["bold"])
    for sent, read in {"null": "", "": "", rich_text("<p><b>Xin</b> chào</p>"): "<b>Xin</b> chào"}.items():
        assert read in area.value_from_datadict({"text": sent}, {}, "text")
    unkept = json.dumps({"blocks": [{"text": "một\x00\ud800 hai"}], "entityMap": {}})
    assert "một hai" in area.value_from_datadict({"text": unkept}, {}, "text")


def test_it_is_the_editor_of_every_rich_text():
    areas = [area for model in apps.get_models() for field in model._meta.get_fields() for area in editors(field)]
    assert len(areas) > 4
    assert all(isinstance(area, RichTextArea) for area in areas)


def editors(field):
    if isinstance(field, RichTextField):
        yield field.formfield().widget
    if isinstance(field, StreamField):
        yield from editors_of(field.stream_block)


def editors_of(block):
    if isinstance(block, blocks.RichTextBlock):
        yield block.field.widget
    inner = getattr(block, "child_blocks", {}).values() or filter(None, [getattr(block, "child_block", None)])
    for child in inner:
        yield from editors_of(child)
