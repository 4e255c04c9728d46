import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from intake import actions
from intake.models import Import
from intake.tasks import go_on


def test_a_province_officer_brings_a_decree_in(standing, client):
    client.force_login(standing.giang)
    page = client.get(reverse("decree:upload"))
    assert reverse("decree:template") in page.text
    text = "Mã cũ;Mã mới;Tên mới;Từ ngày\n20854;20854;Phường Tiên Phước;01/04/2026\n"
    response = client.post(reverse("decree:upload"), {"file": SimpleUploadedFile("a.csv", text.encode())})
    batch = Import.objects.get()
    go_on(actions.read_import, str(batch.pk))
    assert "Phường Tiên Phước" in client.get(response.url).text


def test_the_template_is_read_by_the_import_itself(standing, client):
    client.force_login(standing.giang)
    book = load_workbook(io.BytesIO(client.get(reverse("decree:template")).getvalue()))
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["Mã cũ", "Mã mới"]


def test_others_find_nothing(standing, client):
    for name in ("an", "chi", "minh", "lan"):
        client.force_login(getattr(standing, name))
        for page in ("upload", "template"):
            assert client.get(reverse(f"decree:{page}")).status_code in (302, 403, 404)
            assert client.post(reverse("decree:upload"), {}).status_code in (302, 403, 404)
