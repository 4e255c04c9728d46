from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from interface.places import ADDRESSES, address, places
from membership.actions import end_role, grant_role
from membership.models import Role, User
from tests.queries import count_queries

PUBLIC = ["/tai-lieu/", "/khoa-hoc/", "/cong-dan-hoc-tap/", "/ket-qua/"]
OWN = ["/hoc-tap/", "/minh-chung/", "/ho-so/"]


def places_of(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return places(request)


def urls(user):
    return [place.url for place in places_of(user)]


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


def test_who_only_runs_the_site_has_no_dossier_to_go_to(db):
    administrator = User.objects.create_superuser("quantri", "quantri@example.org", "x")
    assert urls(administrator) == ["/quan-tri/", *PUBLIC]


def test_the_place_one_is_in_is_marked(standing):
    current = [place.url for place in places_of(standing.an, "/khoa-hoc/ky-nang-so/") if place.is_current]
    assert current == ["/khoa-hoc/"]


def test_the_header_costs_one_query_a_day(standing):
    assert count_queries(lambda: places_of(fresh(standing.dung))) == 2
    assert count_queries(lambda: places_of(fresh(standing.dung))) == 1


def test_the_header_follows_roles_at_once(standing, django_capture_on_commit_callbacks):
    assert "/danh-gia/" not in urls(fresh(standing.an))
    with django_capture_on_commit_callbacks(execute=True):
        role = grant_role(
            person=standing.an.person,
            unit=standing.chapter,
            role=Role.CHAPTER_OFFICER,
            valid_from=timezone.localdate() - timedelta(days=30),
            by=standing.dung,
            at=timezone.now(),
        )
    assert "/danh-gia/" in urls(fresh(standing.an))
    with django_capture_on_commit_callbacks(execute=True):
        end_role(membership=role, valid_to=timezone.localdate(), by=standing.dung, at=timezone.now())
    assert "/danh-gia/" not in urls(fresh(standing.an))


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("coverage", "home:coverage"),
        ("decisions", "recognition:decisions"),
        ("draft", "recognition:draft"),
        ("dossiers", "dossiers:mine"),
        ("indicator_results", "home:indicator_results"),
        ("language", "home:language"),
        ("own_questions", "feedback:own"),
        ("suggestions", "search:suggest"),
        ("titles", "recognition:mine"),
    ],
)
def test_addresses_lead_to_the_views_that_lower_pages_mean(name, view):
    assert resolve(ADDRESSES[name]).view_name == view


def test_addresses_with_parts_are_filled_in():
    assert resolve(address("minutes", 7, "pdf")).view_name == "recognition:minutes"
    assert resolve(address("step", "khoa", "bai")).view_name == "tracking:step"


def fresh(user):
    """As another request reads the user."""
    return User.objects.get(pk=user.pk)
