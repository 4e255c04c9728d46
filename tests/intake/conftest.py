"""The kind that stands in the test tree, registered for the test."""

import pytest
from django.utils import timezone

from intake import actions
from intake.kinds import KINDS
from intake.models import Import
from membership.models import User
from tests.intake.topics import SmallTopics, Topics, WholeTopics

TEXT = "Mã,Chủ đề\na,Một\nb,Hai\nc,Ba\nKhông phải mã,Bốn\nd,Năm\ne,Sáu\nf,Bảy\n"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    for kind in (Topics, WholeTopics, SmallTopics):
        monkeypatch.setitem(KINDS, kind.key, kind)


@pytest.fixture
def owner(db):
    return User.objects.create_superuser("quan-tri", "quan-tri@example.vn", "not used")


@pytest.fixture
def begin(owner):
    def begin(content=TEXT, kind="topics", by=None, **values):
        content = content if isinstance(content, bytes) else content.encode()
        about = {"name": "chu-de.csv", "at": timezone.now(), **values}
        return actions.begin_import(kind=kind, content=content, by=by or owner, **about)

    return begin


@pytest.fixture
def read(begin, owner):
    def read(*args, **values):
        return actions.read_import(batch=begin(*args, **values), by=owner, at=timezone.now())

    return read


@pytest.fixture
def ordered(read, owner):
    def ordered(*args, **values):
        return actions.order_import(batch=read(*args, **values), by=owner, at=timezone.now())

    return ordered


@pytest.fixture
def fresh():
    return lambda batch: Import.objects.get(pk=batch.pk)
