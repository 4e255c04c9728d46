"""Signing up in screens of two questions, by forms alone."""

import re

from membership.models import User
from tests.membership.test_accounts import PASSWORD, SIGN_UP, text
from tests.queries import count_queries


def _turn(client, **sent):
    """What the page says, what it asks, and what it carries hidden."""
    page = text(client.post(SIGN_UP, sent))
    form = page[page.index('<form class="form"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_0-9]+)"(?: value="([^"]*)")?', form))
    fields = re.findall(r'<(?:input|select)[^>]*?name="([a-z_0-9]+)"', form)
    return page, [name for name in fields if name not in hidden], hidden


def test_signing_up_asks_at_most_two_things_a_screen_and_keeps_none_of_them_meanwhile(client, standing):
    first = text(client.get(SIGN_UP))
    assert 'name="full_name"' in first
    assert 'name="email"' not in first
    _page, asked, hidden = _turn(client, screen="0", full_name="Nguyễn Thị Mới", birth_year="1970")
    assert asked == ["commune", "is_old_enough"]
    hidden |= {"commune": str(standing.commune.pk), "is_old_enough": "on"}
    _page, asked, hidden = _turn(client, **hidden)
    assert asked == ["email", "password1"]
    assert hidden["full_name"] == "Nguyễn Thị Mới"
    assert not client.session.keys()
    response = client.post(SIGN_UP, hidden | {"email": "moi@example.vn", "password1": PASSWORD})
    assert response.url == "/tai-khoan/confirm-email/"
    assert User.objects.get(email="moi@example.vn").sign_up["full_name"] == "Nguyễn Thị Mới"


def test_each_screen_tells_its_own_errors_and_the_way_back_forgets_no_answer_but_the_password(client, standing):
    page, asked, _hidden = _turn(client, screen="0", full_name="", birth_year="1970")
    assert asked == ["full_name", "birth_year"]
    assert page.count("errorlist") == 1
    given = {
        "full_name": "Nguyễn Thị Mới",
        "birth_year": "",
        "commune": str(standing.commune.pk),
        "is_old_enough": "on",
    }
    page, asked, hidden = _turn(client, **given, screen="2", back="back", email="moi@example.vn", password1=PASSWORD)
    assert asked == ["commune", "is_old_enough"]
    assert "error-summary" not in page
    assert hidden["email"] == "moi@example.vn"
    assert PASSWORD not in page
    page, asked, _hidden = _turn(client, **given, screen="2", email="moi@example.vn", password1="123")
    assert asked == ["email", "password1"]
    assert "error-summary" in page


def test_who_may_be_on_record_hears_of_slips_and_nothing_of_others_and_may_go_on(client, standing):
    known = {"full_name": "Tran Thi An", "birth_year": "1960", "commune": str(standing.commune.pk)}
    given = known | {"is_old_enough": "on"}
    page, asked, _hidden = _turn(client, screen="1", **given)
    assert asked == ["commune", "is_old_enough", "is_new_here"]
    assert "có thể đã có hồ sơ của bạn" in page
    assert standing.an.person.code not in page
    _page, asked, hidden = _turn(client, screen="1", **given, is_new_here="on")
    assert asked == ["email", "password1"]
    account = {"email": "moi@example.vn", "password1": PASSWORD}
    assert client.post(SIGN_UP, {**given, **account}).status_code == 200  # not said
    assert client.post(SIGN_UP, hidden | account).url == "/tai-khoan/confirm-email/"


def test_who_is_on_record_nowhere_near_is_not_asked(client, standing):
    for changed in ({"birth_year": "1987"}, {"full_name": "Hồ Văn Long"}, {"birth_year": ""}):
        given = {"full_name": "Tran Thi An", "birth_year": "1960", "commune": str(standing.commune.pk), **changed}
        _page, asked, _hidden = _turn(client, screen="1", **given, is_old_enough="on")
        assert asked == ["email", "password1"]


def test_what_costs_is_counted_before_anything_is_looked_up(client, standing, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup_with_commune": "1/5m/ip"}
    told = {"full_name": "Nguyễn Thị Mới", "commune": str(standing.commune.pk), "is_old_enough": "on"}
    assert client.post(SIGN_UP, {"screen": "1", **told}).status_code == 200
    sent = told | {"email": "moi@example.vn", "password1": PASSWORD}
    answers = []
    assert count_queries(lambda: answers.append(client.post(SIGN_UP, sent))) == 0
    assert answers[0].status_code == 429
    assert not User.objects.filter(email="moi@example.vn").exists()
