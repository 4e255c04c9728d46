"""Every pair of somebody and something private: it is in no result, count, facet, suggestion or word for who may not
see it, and is found by who may."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document as File
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from membership.models import Unit, User
from search import actions
from search.contract import ISSUER
from search.engines.chosen import engine
from search.models import FileText, PendingChange, SearchDocument
from search.queries.needs import viewer_of
from search.sources import Description, Source, register
from search.sources.registry import _sources
from tests.assessments.conftest import add_quiz, save
from tests.factories.pages import add_course, add_lesson, add_material
from tests.factories.people import add_user
from tests.search.asking import found, index_now, titles
from training_materials.models import Topic

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SECRET = "zymurgia"  # a word that stands nowhere else
PEOPLE = ("nobody", "an", "binh", "chi", "dung", "lan", "giang", "minh", "ha", "insider", "administrator")
ALL = frozenset(PEOPLE)
SIGNED_IN = ALL - {"nobody"}


@pytest.fixture
def people(standing):
    group = Group.objects.create(name="Tổ biên tập")
    insider = add_user("insider", "Trần Thị Trong")
    insider.groups.add(group)
    named = {name: getattr(standing, name) for name in PEOPLE if hasattr(standing, name)}
    administrator = add_user("administrator", "Quản Trị", is_superuser=True)
    return {**named, "nobody": AnonymousUser(), "insider": insider, "administrator": administrator}


def material(tree, **values):
    return add_material(tree.materials, f"Tài liệu {SECRET}", text=f"{SECRET} trong bài", issuing_body=SECRET, **values)


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="mở")
    restriction.groups.set(groups)
    restriction.save()


def draft(tree):
    material(tree, is_live=False)


def unpublished(tree):
    page = material(tree)
    index_now()
    page.unpublish()


def deleted(tree):
    page = material(tree)
    index_now()
    page.delete()


def draft_over_published(tree):
    """The published page knows nothing of what its draft says."""
    page = add_material(tree.materials, "Tài liệu mở")
    page.title = f"Nháp {SECRET}"
    page.save_revision()


def under_unpublished(tree):
    course = add_course(tree.course_index, "Khóa học")
    add_lesson(course, f"Bài {SECRET}", is_open=True)
    index_now()
    course.unpublish()


def behind_password(tree):
    restrict(material(tree), PageViewRestriction.PASSWORD)


def restricted_after_indexing(tree):
    page = material(tree)
    index_now()
    restrict(page, PageViewRestriction.PASSWORD)


def under_password(tree):
    course = add_course(tree.course_index, "Khóa học")
    restrict(course, PageViewRestriction.PASSWORD)
    add_lesson(course, f"Bài {SECRET}", is_open=True)


def moved_under_password(tree):
    course, closed = add_course(tree.course_index, "Mở"), add_course(tree.course_index, "Đóng")
    restrict(closed, PageViewRestriction.PASSWORD)
    lesson = add_lesson(course, f"Bài {SECRET}", is_open=True)
    index_now()
    lesson.refresh_from_db()
    closed.refresh_from_db()
    lesson.move(closed, pos="last-child")


def closed_lesson_text(tree):
    course = add_course(tree.course_index, "Khóa học")
    add_lesson(course, "Bài đóng", text=SECRET)


def file_in_closed_collection(tree):
    closed = Collection.get_first_root_node().add_child(name="Đóng")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    attach(add_material(tree.materials, "Có tệp"), collection=closed)


def for_signed_in(tree):
    restrict(material(tree), PageViewRestriction.LOGIN)


def for_group(tree):
    restrict(material(tree), PageViewRestriction.GROUPS, Group.objects.get(name="Tổ biên tập"))


def for_group_within_signed_in(tree):
    restrict(tree.materials, PageViewRestriction.LOGIN)
    restrict(material(tree), PageViewRestriction.GROUPS, Group.objects.get(name="Tổ biên tập"))


def practice(tree, **values):
    """A question that its only quiz may draw."""
    topic = Topic.objects.create(name="Chủ đề", slug="chu-de")
    trainer = User.objects.get(username="binh")
    save("single_choice", topic, trainer, prompt=f"Câu hỏi {SECRET}?")
    return add_quiz(
        add_course(tree.course_index, "Khóa"), "Luyện tập", [(topic, 1)], **{"purpose": "practice", **values}
    )


def question_of_a_graded_quiz(tree):
    practice(tree, purpose="graded")


def question_of_practice_behind_password(tree):
    restrict(practice(tree).get_parent(), PageViewRestriction.PASSWORD)


def question_of_practice_for_group(tree):
    restrict(practice(tree), PageViewRestriction.GROUPS, Group.objects.get(name="Tổ biên tập"))


def for_one_commune(tree):
    """A kind of thing that belongs to a unit, registered as a later app would."""
    unit = Unit.objects.get(code="20242")
    described = Description(kind="su-kien", url="/su-kien/1/", title=f"Họp {SECRET}", issuing_body=SECRET,
                            conditions=[f"unit:{unit.path}"])  # fmt: skip
    register(Source("event", Group, lambda _group: described))
    actions.note([f"key:event:{Group.objects.get(name='Tổ biên tập').pk}"])


PRIVATE = {
    draft: frozenset(),
    unpublished: frozenset(),
    deleted: frozenset(),
    draft_over_published: frozenset(),
    under_unpublished: frozenset(),
    behind_password: frozenset(),
    restricted_after_indexing: frozenset(),
    under_password: frozenset(),
    moved_under_password: frozenset(),
    closed_lesson_text: frozenset(),
    file_in_closed_collection: frozenset(),
    for_signed_in: SIGNED_IN,
    practice: SIGNED_IN,
    question_of_a_graded_quiz: frozenset(),
    question_of_practice_behind_password: frozenset(),
    question_of_practice_for_group: {"insider", "administrator"},
    for_group: {"insider", "administrator"},
    for_group_within_signed_in: {"insider", "administrator"},
    for_one_commune: {"an", "chi", "dung", "lan"},
}


def attach(page, collection):
    file = File.objects.create(title="Tệp", file=ContentFile(SECRET.encode(), name="tep.txt"), collection=collection)
    page.files.create(title="Tệp đính kèm", document=file)
    page.save_revision().publish()
    index_now()
    FileText.objects.update(text=SECRET, state=FileText.State.READ, digest=file.get_file_hash())
    actions.note([f"file:{file.pk}"])


@pytest.fixture(autouse=True)
def _forget_registered():
    yield
    _sources.pop("event", None)


@pytest.mark.parametrize("private", PRIVATE, ids=lambda private: private.__name__)
def test_private_things_are_found_by_nobody_who_may_not_see_them(private, engine_in_use, people, tree):
    add_material(tree.materials, "Tài liệu cho mọi người")
    private(tree)
    index_now()
    finds = {name for name, person in people.items() if _traces(viewer_of(person, TODAY))}
    assert finds == set(PRIVATE[private])
    assert SECRET not in engine().vocabulary().words
    assert PendingChange.objects.filter(queue="documents").count() == 0


def _traces(viewer):
    """Where the secret shows at all; whoever may see it sees it everywhere."""
    response = found(SECRET, viewer=viewer)
    everything = found("tài liệu", viewer=viewer)
    shown = titles(response)
    counted = [count for facet in response.facets.values() for count in facet.values()]
    issuers = everything.facets.get(ISSUER, {})
    suggested = engine().suggest(["zymur"], viewer, 5)
    if not (response.total or shown or counted or SECRET in issuers or suggested):
        return []
    return [response.total, shown, counted]


def test_the_text_of_a_file_in_an_open_collection_is_found(engine_in_use, tree):
    attach(add_material(tree.materials, "Có tệp"), Collection.get_first_root_node())
    index_now()
    (hit,) = found(SECRET).hits
    assert hit.place == "file"


def test_documents_hold_nothing_that_nobody_may_see(tree):
    draft(tree)
    behind_password(tree)
    index_now()
    assert not SearchDocument.objects.exists()
