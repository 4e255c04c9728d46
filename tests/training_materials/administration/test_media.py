import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from tests.factories.people import add_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(add_user("quyen", "Người quản trị", is_superuser=True))
    for title in ("Giấy mời", "Danh sách"):
        Document.objects.create(title=title, file=ContentFile(b"%PDF-", name="giay.pdf"), file_size=5)
        Image.objects.create(title=title, file=get_test_image_file())
    return client


@pytest.mark.parametrize("files", ["wagtailimages", "wagtaildocs"])
@pytest.mark.parametrize("part", ["index", "index_results"])
def test_one_filters_by_use_and_searches_at_once(office, files, part):
    for most, found in {"0": True, "": True, "-1": False}.items():
        asked = {"q": "mời", "usage_count_min": "" if found else "1", "usage_count_max": most}
        page = office.get(reverse(f"{files}:{part}"), asked)
        assert page.status_code == 200
        assert ("Giấy mời" in page.content.decode()) is found
        assert "Danh sách" not in page.content.decode()
