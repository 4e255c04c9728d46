import re

import pytest
from django.urls import reverse

from evaluation.recognition.actions import revoke
from tests.factories.evaluation import AT
from tests.factories.recognition import title_of
from tests.laid import laid_once

FORM = reverse("recognition:verify_form")


@pytest.fixture
@laid_once
def title(world):
    return title_of(world.an, world)


def verify(client, code):
    return client.get(reverse("recognition:verify", args=[code]))


def test_a_valid_title_shows_name_year_unit_and_decision(client, title):
    page = verify(client, title.code)
    assert page.status_code == 200
    for shown in ("Trần Thị An", "2026", "Ủy ban nhân dân phường Hải Châu", title.decision.number, "20/11/2026"):
        assert shown in page.text


def test_nothing_more_about_the_person_is_shown(client, title):
    text = re.sub(r"<svg.*?</svg>", "", verify(client, title.code).text, flags=re.DOTALL)
    person = title.person
    for hidden in (str(person.birth_year), person.code, "Chi hội khối phố 1", "Đặng Thị Lan", "80", title.number):
        assert hidden not in text.partition("<main")[2].partition("</main")[0]


def test_code_is_taken_in_small_letters_and_without_dashes(client, title):
    for typed in (title.code.lower(), title.code.replace("-", ""), f" {title.code} ".replace("-", " ")):
        page = client.get(FORM, {"code": typed}, follow=True)
        assert page.status_code == 200
        assert "Trần Thị An" in page.text


def test_a_valid_title_is_a_moment_and_a_revoked_one_is_none(client, title, world):
    client.force_login(world.an)
    own = reverse("recognition:mine")
    for page in (verify(client, title.code).text, client.get(own).text):
        assert page.count("moment--reached") == 1
    revoke(title=title, reason="Minh chứng sai", by=world.lan, at=AT)
    for page in (verify(client, title.code).text, client.get(own).text):
        assert "moment--reached" not in page
        assert "Minh chứng sai" in page


def test_revocation_shows_at_once_with_its_date_and_reason(client, title, world):
    assert verify(client, title.code).context["title"].is_revoked is False
    revoke(title=title, reason="Minh chứng sai", by=world.lan, at=AT)
    text = verify(client, title.code).text
    assert "Minh chứng sai" in text
    assert "20/11/2026" in text


@pytest.mark.parametrize("code", ["K7MN-3HPC-XA4T", "x", "…", "%00", "a" * 300, "<script>"])
def test_an_unknown_code_is_answered_with_help(client, db, code):
    page = verify(client, code)
    assert page.status_code == 404
    assert FORM in page.text


def test_an_empty_code_asks_again(client, db):
    for typed in ("", "---"):
        assert client.get(FORM, {"code": typed}).status_code == 200


def test_answers_are_neither_kept_nor_indexed(client, title):
    for page in (verify(client, title.code), verify(client, "K7MN-3HPC-XA4T"), client.get(FORM)):
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]


def test_guessing_is_slowed_down(client, db, one_rate_period):
    answers = [verify(client, f"K7MN-3HPC-X{number:03d}").status_code for number in range(121)]
    assert answers == [404] * 120 + [429]


def test_verification_takes_one_query(client, title, django_assert_max_num_queries):
    verify(client, "K7MN-3HPC-X000")  # what every page keeps in mind is read
    with django_assert_max_num_queries(1):
        verify(client, title.code)
