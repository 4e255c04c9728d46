"""Who and what the walk meets, beside what the README's commands bring: a member with a title, and a closed document.

Runs in the site itself: `hoc-tap shell --command "from tests.production import laid; laid.lay()"`.
"""

import json
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from membership.actions import accept_consent
from membership.models import ConsentText, Role, Unit, UnitKind, User
from tests.bench.learners import quiz_of_the_course
from tests.factories.people import PASSWORD, add_unit, add_user, grant
from tests.factories.recognition import title_of


@transaction.atomic
def lay() -> None:
    """Prints, as JSON, where the walk goes."""
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("path")[0]
    association = commune.get_children().get(kind=UnitKind.ASSOCIATION)
    chapter = add_unit(association, UnitKind.CHAPTER, "CH-1", "Chi hội 1")
    standing = SimpleNamespace(
        commune=commune,
        an=_somebody("an", "Trần Thị An", Role.MEMBER, chapter),
        chi=_somebody("chi", "Phạm Thị Chi", Role.CHAPTER_OFFICER, chapter),
        dung=_somebody("dung", "Võ Văn Dũng", Role.COMMUNE_OFFICER, association),
        lan=_somebody("lan", "Đặng Thị Lan", Role.RECOGNISER, commune),
    )
    document, quiz = _closed_document(), quiz_of_the_course()
    found = {
        "course": quiz.course.slug,
        "step": quiz.slug,
        "quiz": quiz.pk,
        "code": title_of(standing.an, standing, at=timezone.now()).code,
        "document": document.url,
        "file": document.file.name,
        "password": PASSWORD,
    }
    print(json.dumps(found))


def _somebody(username: str, name: str, role: Role, unit: Unit) -> User:
    user = add_user(username, name)
    grant(user, role, unit)
    for text in ConsentText.objects.in_force():
        accept_consent(person=user.person, text=text, by=user, at=timezone.now())
    return user


def _closed_document() -> Document:
    """For who has signed in alone."""
    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    return Document.objects.create(
        title="Nội bộ", file=ContentFile(b"for members", name="noi-bo.txt"), collection=closed
    )
