"""Pages as everybody finds them, held against the rules of HTML in ``html_rules``."""

import pytest
from django.test import Client

from membership.models import Person, Unit
from tests.factories.way import Way
from tests.flows.html_rules import language_of, problems_of, unmarked_vietnamese
from tests.flows.walking import lay_pages, starts_of, walk


@pytest.fixture
def way(standing, private_files) -> Way:
    return lay_pages(standing)


CRAWLS = [("", 12), ("an", 20), ("chi", 12), ("dung", 20), ("giang", 20)]


def _pages(way: Way, client: Client, who: str) -> dict[str, str]:
    starts = starts_of(way, who)
    if who:
        client.force_login(getattr(way.standing, who))

    def read(address: str) -> str | None:
        response = client.get(address)
        is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        return response.content.decode() if is_page else None

    return walk(read, *starts)


@pytest.mark.parametrize(("who", "least"), CRAWLS)
def test_pages_follow_the_rules_of_html(way, client, who, least):
    pages = _pages(way, client, who)
    assert len(pages) >= least, list(pages)
    assert [f"{address}: {wrong}" for address, html in pages.items() for wrong in problems_of(html)] == []


@pytest.mark.parametrize(("who", "least"), CRAWLS)
def test_what_is_vietnamese_in_an_english_page_says_so(way, client, who, least):
    client.cookies["django_language"] = "en"
    units = Unit.objects.values_list("name", flat=True)
    names = {"Công dân học tập", *Person.objects.values_list("full_name", flat=True), *units}
    pages = _pages(way, client, who)
    assert len(pages) >= least, list(pages)
    found = [f"{address}: {text}" for address, html in pages.items() for text in unmarked_vietnamese(html, names)]
    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_speaks_the_language_that_was_chosen_and_what_is_vietnamese_says_so(way, client, language):
    client.cookies["django_language"] = language
    for address in ("/", way.lessons[0].url, way.course.url, "/tai-lieu/", "/tai-lieu/tai-lieu-mau/"):
        html = client.get(address).content.decode()
        assert language_of(html) == language
        assert (' lang="vi"' in html.partition("<main")[2].partition("</main")[0]) == (language == "en"), address
        assert ("This page is written in Vietnamese." in html) == (language == "en")


def test_the_rules_find_what_is_wrong():
    wrong = """<nav></nav><nav></nav><input type="radio" autocomplete="off"><img width="560.0" src="">
      <figure><figcaption></figcaption><details></details><p></p></figure><figure><p></p><figcaption></figcaption>
      <details></details></figure><p><div></div></p><b id="x"></b><b id="x"></b><li></li><section></i></section>"""
    told = " ".join(problems_of(wrong))
    for part in ("landmarks", "autocomplete", "560.0", "src=''", "figcaption", "<div> in <p>", "id x", "<li>", "</i>"):
        assert part in told
