"""What browsers are told of pages, whoever reads them."""

import pytest
from django.urls import reverse

from tests.factories.evaluation import YEAR
from tests.factories.pages import page_tree


@pytest.mark.parametrize("path", ["/", "/tai-khoan/login/", "/khong-co/", "/healthz"])
def test_no_page_may_use_the_camera_or_be_drawn_into_other_sites(client, db, path):
    page_tree()
    response = client.get(path)
    assert "camera=()" in response["Permissions-Policy"]
    assert "microphone=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


PERSONAL = ["/ho-so/", f"/tu-danh-gia/{YEAR}/", "/danh-hieu/", "/hoc-tap/", "/minh-chung/", "/tai-khoan/", "/"]


@pytest.mark.parametrize("path", PERSONAL)
def test_no_browser_keeps_what_a_member_is_shown(client, standing, path):
    page_tree()
    client.force_login(standing.an)
    assert "no-store" in client.get(path, follow=True)["Cache-Control"]


@pytest.mark.parametrize("path", ["/danh-gia/", "/chi-tieu/", "/bao-cao/", "/quan-tri/", "/danh-gia/quyet-dinh/"])
def test_no_browser_keeps_what_an_officer_is_shown(client, standing, path):
    client.force_login(standing.giang)
    assert "no-store" in client.get(path, follow=True)["Cache-Control"]


def test_what_a_view_says_itself_stands(client, standing):
    client.force_login(standing.an)
    assert client.get(reverse("search:suggest"), {"q": "h"})["Cache-Control"] == "private, max-age=60"
