import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from interface import errors
from tests.factories.pages import page_tree


@pytest.fixture
def requests():
    return RequestFactory()


def as_visitor(request):
    request.user = AnonymousUser()
    return request


def test_a_missing_page_offers_the_search(client, db):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert 'id="search-here"' in response.content.decode()


def test_the_error_page_asks_nothing_of_the_database(requests, django_db_blocker):
    response = errors.server_error(requests.get("/"))
    assert response.status_code == 500
    assert "Hệ thống gặp sự cố" in response.content.decode()


def test_too_many_requests_say_when_to_come_back(requests, db):
    response = errors.too_many_requests(as_visitor(requests.get("/tim-kiem/?q=a")))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "sau 60 giây" in response.content.decode()


def test_a_view_may_know_better_when_there_is_room_again(requests, db):
    request = as_visitor(requests.get("/"))
    request.retry_after = 7
    assert errors.too_many_requests(request)["Retry-After"] == "7"


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"Content-Type": "application/json"}, {"Sec-Fetch-Dest": "empty"}],
)
def test_a_script_gets_json_with_the_seconds(requests, headers):
    content_type = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    request = as_visitor(requests.post("/bai/", "{}", content_type=content_type, headers=headers))
    response = errors.too_many_requests(request)
    assert response.status_code == 429
    assert json.loads(response.content)["retry_after"] == 60
    assert response["Retry-After"] == "60"


def test_what_was_being_sent_is_kept_for_sending_again(requests, db):
    data = {"note": 'Tôi đọc "Dế mèn" <b>', "topics": ["a", "b"], "csrfmiddlewaretoken": "x"}
    html = errors.too_many_requests(as_visitor(requests.post("/ghi/?a=1", data))).content.decode()
    assert 'name="note" value="Tôi đọc &quot;Dế mèn&quot; &lt;b&gt;"' in html
    assert html.count('name="topics"') == 2
    assert 'action="/ghi/?a=1"' in html
    assert 'value="x"' not in html


def test_a_form_with_a_password_is_never_written_into_a_page(requests, db):
    data = {"login": "an", "password": "mat-khau"}
    html = errors.too_many_requests(as_visitor(requests.post("/vao/", data))).content.decode()
    assert "mat-khau" not in html
    assert 'name="login"' not in html


class TestExpiredForm:
    @pytest.fixture
    def strict(self, db):
        page_tree()
        return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})

    def test_our_own_form_can_be_sent_again(self, strict):
        response = strict.post("/tai-khoan/password/reset/", {"email": "an@example.vn"})
        html = response.content.decode()
        assert response.status_code == 403
        assert 'name="email" value="an@example.vn"' in html
        assert "Bạn gửi lại một lần nữa nhé" in html

    def test_the_form_of_another_site_is_not_offered(self, db):
        foreign = Client(enforce_csrf_checks=True, headers={"Origin": "https://xau.example"})
        response = foreign.post("/tai-khoan/password/reset/", {"email": "an@example.vn"})
        assert response.status_code == 403
        assert "an@example.vn" not in response.content.decode()

    def test_a_script_gets_json(self, strict):
        response = strict.post("/tai-khoan/password/reset/", "{}", content_type="application/json")
        assert response.status_code == 403
        assert "error" in response.json()


@pytest.mark.parametrize("view", [errors.bad_request, errors.forbidden, errors.not_found])
def test_each_page_stands_by_itself(requests, db, view):
    response: HttpResponse = view(as_visitor(requests.get("/x/")), None)
    assert response.status_code in (400, 403, 404)
    assert "<h1>" in response.content.decode()
