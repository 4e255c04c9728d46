"""Whoever writes bodies stops in the middle: every block, empty, half filled or wrong, in Wagtail's own forms."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from home.models import PlainPage
from tests.factories import own_activities, packages
from tests.factories.pages import add_course, add_lesson, add_material, page_tree, publish
from tests.factories.people import add_user
from training_materials.models import (
    BranchingScenario,
    FlashCards,
    HotspotPicture,
    KnowledgeCheck,
    LessonPage,
    MaterialPage,
    Package,
)

pytestmark = pytest.mark.django_db
# Also a short name, as scenes have them: no field may refuse it for how it is written.
TYPED = "da-go"


def written(activity):
    own_activities.saved(activity)
    return activity


MAKE = {
    LessonPage: lambda tree: add_lesson(add_course(tree.course_index, "Khóa học"), "Bài học", is_open=True),
    MaterialPage: lambda tree: add_material(tree.materials, "Tài liệu"),
    PlainPage: lambda tree: publish(tree.home, PlainPage(title="Trợ giúp", body=[("text", "<p>Lời</p>")])),
    KnowledgeCheck: lambda tree: written(own_activities.knowledge_check()),
    FlashCards: lambda tree: written(own_activities.flash_cards()),
    BranchingScenario: lambda tree: written(own_activities.branching_scenario()),
    HotspotPicture: lambda tree: written(own_activities.hotspot_picture()),
}


def stream_fields(model):
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def streams():
    """Each body with its blocks; of those that are built from the same, the first has them."""
    seen = set()
    for model in MAKE:
        for field in stream_fields(model):
            children = field.stream_block.child_blocks.items()
            if new := [name for name, block in children if type(block) not in seen]:
                seen |= {type(block) for _name, block in children}
                yield pytest.param(model, field, new, id=f"{model.__name__}.{field.name}")


class Filling:
    """What stands in the fields of a block: words, files, both or nothing."""

    def __init__(self, *, words, files):
        self.words, self.files = words, files

    def of(self, block):
        if isinstance(block, blocks.StructBlock):
            return {name: self.of(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return streamfield([("item", self.of(block.child_block)) for _number in range(2)])
        if isinstance(block, blocks.ChooserBlock):
            return str(chosen(block.target_model).pk) if self.files else ""
        if isinstance(block, blocks.ChoiceBlock):
            return block.get_default()
        if isinstance(block, blocks.RichTextBlock):
            return rich_text(f"<p>{TYPED}</p>" if self.words else "", features=block.features)
        if isinstance(block, blocks.BooleanBlock):
            return "on" if self.words else ""
        word = "1" if isinstance(block, (blocks.IntegerBlock, blocks.FloatBlock)) else TYPED
        return word if self.words else ""


def chosen(model):
    """A PDF as document: whoever is asked for a video may choose the wrong file at first."""
    if model is Document:
        return Document.objects.create(title="Giấy", file=ContentFile(b"%PDF-", name="giay.pdf"), file_size=5)
    if model is Image:
        return Image.objects.create(title="Hình", file=get_test_image_file())
    return Package.objects.get()


FILLINGS = [Filling(words=words, files=files) for words in (False, True) for files in (False, True)]


@pytest.fixture
def tree(db):
    return page_tree()


@pytest.fixture
def office(client, tree, standing):
    administrator = add_user("quyen", "Người quản trị", is_superuser=True)
    packages.let_in(packages.package(), by=standing.binh, administrator=administrator)
    client.force_login(administrator)
    return client


def address(thing, name):
    if isinstance(thing, Page):
        return reverse(f"wagtailadmin_pages:{name}", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name(name), args=[thing.pk])


def typed(values):
    return sum(str(value).count(TYPED) for value in values)


def kept(thing, field):
    thing.refresh_from_db()
    return typed([thing.latest_revision.content[field]])


def form_of(office, thing):
    """What the form sends when nothing was touched, but for what would make Wagtail look for changes of others."""
    page = office.get(address(thing, "edit")).content.decode()
    form_id = BeautifulSoup(page, "html.parser").select_one("form[data-edit-form]")["id"]
    sent = querydict_from_html(page, form_id=form_id).dict()
    bodies = nested_form_data({field.name: streamfield([]) for field in stream_fields(type(thing))})
    return {name: value for name, value in sent.items() if not name.startswith("loaded_revision")} | bodies


def test_every_model_with_blocks_is_tried():
    assert {model for model in apps.get_models() if stream_fields(model)} == set(MAKE)


@pytest.mark.parametrize(("model", "field", "names"), list(streams()))
def test_what_was_typed_is_kept_and_shown(office, tree, model, field, names):
    thing, children = MAKE[model](tree), field.stream_block.child_blocks
    form = form_of(office, thing)
    edit, preview = address(thing, "edit"), address(thing, "preview_on_edit")
    for filling in FILLINGS:
        body = streamfield([(name, filling.of(children[name])) for name in names])
        data = form | nested_form_data({field.name: body})
        assert office.post(edit, data, headers={"Accept": "application/json"}).json()["success"]
        assert kept(thing, field.name) == typed(data.values())
        assert office.post(preview, data).json() == {"is_valid": True, "is_available": True}
        assert office.get(preview, {"mode": ""}).status_code == 200
        assert office.post(edit, data).status_code == 302
        assert kept(thing, field.name) == typed(data.values())
        published = office.post(edit, data | {"action-publish": "1"})
        assert published.status_code == 302 or typed([published.content.decode()]) >= typed(data.values())
        if isinstance(thing, Page):
            assert office.get(thing.url, follow=True).status_code == 200
