import brotli
import pytest

from config import page_cache
from tests.factories.pages import add_material, page_tree

BROTLI = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def shelf(db):
    tree = page_tree()
    add_material(tree.materials, "Tài liệu")
    return tree.materials.get_url()


@pytest.fixture
def made(shelf, monkeypatch):
    """Counts how many pages were kept."""
    made, keep = [], page_cache.kept.Entry.keep
    monkeypatch.setattr(page_cache.kept.Entry, "keep", lambda entry, value: made.append(value) or keep(entry, value))
    return lambda: sum(isinstance(value, tuple) for value in made)


def test_a_made_up_query_makes_no_page_of_its_own(client, shelf, made):
    client.get(shelf)
    before = made()
    for number in range(20):
        assert client.get(f"{shelf}?x{number}=1").status_code == 200
    assert made() == before


def test_what_others_append_is_answered_from_what_is_kept(client, shelf, made, django_assert_num_queries):
    client.get(shelf)
    with django_assert_num_queries(0):
        assert client.get(f"{shelf}?fbclid=abc&utm_source=zalo").content == client.get(shelf).content


def test_what_is_appended_stands_on_no_kept_page(client, shelf):
    client.get(f"{shelf}?fbclid=abc&loai=plan")
    assert "fbclid" not in client.get(f"{shelf}?loai=plan").content.decode()


def test_what_lists_ask_for_makes_its_page_whatever_the_order(client, shelf, made):
    assert client.get(f"{shelf}?loai=plan&nam=2022").status_code == 200
    before = made()
    client.get(f"{shelf}?nam=2022&loai=plan")
    assert made() == before


def test_made_up_values_do_not_fill_the_store(client, shelf, made, monkeypatch):
    monkeypatch.setattr(page_cache, "_MOST_ASKED", 5)
    before = made()
    for number in range(12):
        assert client.get(f"{shelf}?nam={number}").status_code == 200
    assert made() == before + 5


def test_it_is_compressed_once_and_given_plain_to_who_takes_no_brotli(client, shelf, django_assert_num_queries):
    first = client.get(shelf, headers=BROTLI)
    with django_assert_num_queries(0):
        again = client.get(shelf, headers=BROTLI)
    assert again["Content-Encoding"] == "br"
    assert {"Accept-Encoding", "Cookie"} <= set(again["Vary"].split(", "))
    assert first["Cache-Control"] == again["Cache-Control"] == "no-cache"
    assert first.content == again.content
    plain = client.get(shelf)
    assert not plain.has_header("Content-Encoding")
    assert brotli.decompress(again.content) == plain.content


def test_who_has_a_session_is_given_no_kept_page(client, shelf, standing):
    client.get(shelf)
    client.force_login(standing.an)
    assert "private" in client.get(shelf)["Cache-Control"]
