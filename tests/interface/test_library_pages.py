"""Pages that Wagtail serves: what they cannot do is said, and a fault of ours stays one."""

from contextlib import nullcontext
from http import HTTPStatus

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import BadRequest
from django.core.files.base import ContentFile
from django.db import DataError, OperationalError, ProgrammingError
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex

from interface.errors import server_error
from interface.library_pages import LibraryPagesMiddleware
from tests.factories.pages import add_material, page_tree
from tests.factories.people import add_user
from training_materials.models import MaterialFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.raise_request_exception = False
    client.force_login(add_user("quantri", "Quản Trị", is_superuser=True))
    return client


@pytest.mark.parametrize("key", ["²", "1e999", "'"])
def test_a_page_to_move_to_that_is_none_is_refused(office, key):
    page = page_tree().materials
    answer = office.post(f"/quan-tri/pages/{page.pk}/move/", {"new_parent_page": key})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_an_address_to_come_back_to_that_is_none_is_refused(office):
    page = page_tree().materials
    answer = office.post(f"/quan-tri/pages/{page.pk}/unpublish/", {"next": "²"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_a_document_whose_use_wagtail_does_not_know_of_is_kept_and_the_officer_told_why(office):
    document = Document.objects.create(title="Kế hoạch", file=ContentFile(b"%PDF-1.7", "ke-hoach.pdf"))
    MaterialFile.objects.create(
        material=add_material(page_tree().materials, "Kế hoạch"), title="Kế hoạch", document=document
    )
    ReferenceIndex.objects.all().delete()  # as it stands after pages were loaded in one go
    address = f"/quan-tri/documents/delete/{document.pk}/"
    answer = office.post(address)
    assert answer.headers["Location"] == address
    assert "tệp đính kèm (1)" in str(next(iter(get_messages(answer.wsgi_request))))
    assert Document.objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize(
    ("fault", "is_unreadable"),
    [
        (OperationalError("the database system is shutting down"), False),
        (ProgrammingError("no such relation"), False),
        (OperationalError('fts5: syntax error near "\'"'), True),
        (DataError("integer out of range"), True),
    ],
)
def test_a_database_that_is_away_is_a_fault_and_no_bad_request(rf, fault, is_unreadable):
    asked = LibraryPagesMiddleware(server_error).process_exception
    with pytest.raises(BadRequest) if is_unreadable else nullcontext():
        assert asked(rf.get("/quan-tri/"), fault) is None


def test_a_fault_in_code_of_ours_stays_a_fault(rf):
    with pytest.raises(ValueError, match="ours") as fault:
        raise ValueError("ours")
    assert LibraryPagesMiddleware(server_error).process_exception(rf.get("/quan-tri/"), fault.value) is None
