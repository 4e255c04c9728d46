import pytest
from django.contrib.auth.models import AnonymousUser

from home.navigation import places
from membership.models import User
from tests.queries import count_queries

PUBLIC = ["/tai-lieu/", "/khoa-hoc/", "/cong-dan-hoc-tap/", "/ket-qua/"]
OWN = ["/hoc-tap/", "/ho-so/"]


def urls(user, path="/"):
    return [place.url for place in places(user, path)]


def test_a_visitor_sees_what_is_public():
    assert urls(AnonymousUser()) == PUBLIC


@pytest.mark.parametrize(
    ("username", "more"),
    [
        ("an", []),
        ("binh", ["/quan-tri/"]),
        ("chi", ["/danh-gia/", "/chi-tieu/20242-01/"]),
        ("dung", ["/danh-gia/", "/chi-tieu/20242-HKH/", "/quan-tri/"]),
        ("lan", ["/danh-gia/", "/chi-tieu/20242/"]),
        ("minh", ["/danh-gia/", "/chi-tieu/48/"]),
    ],
)
def test_roles_open_places(standing, username, more):
    assert urls(getattr(standing, username)) == [*OWN, *more, *PUBLIC]


def test_the_place_one_is_in_is_marked(standing):
    current = [place.url for place in places(standing.an, "/khoa-hoc/ky-nang-so/") if place.is_current]
    assert current == ["/khoa-hoc/"]


def test_the_header_costs_one_query(standing):
    user = User.objects.get(pk=standing.dung.pk)
    assert count_queries(lambda: places(user, "/")) == 1
    assert count_queries(lambda: places(user, "/")) == 0
