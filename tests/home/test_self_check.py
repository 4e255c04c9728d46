from contextlib import contextmanager

import pytest

from evaluation.criteria.models import Indicator
from evaluation.criteria.registries.offers import sources
from evaluation.criteria.teaching import Taught
from home.models import PlainPage
from tests.factories.evaluation import sample_criteria
from tests.factories.pages import page_tree, publish, text_block
from tests.queries import count_queries

ADDRESS = "/cong-dan-hoc-tap/"
GOOD = {str(number): "8" for number in range(1, 11)}


@pytest.fixture
def check_page(db):
    body = [text_block("Ba năng lực")]
    tree = page_tree()
    return publish(
        tree.home, PlainPage(title="Công dân học tập", slug="cong-dan-hoc-tap", body=body, offers_self_check=True)
    )


@pytest.fixture
def criteria(check_page):
    sample_criteria()


def answer(client, **changes):
    given = {**GOOD, **{key.removeprefix("n"): value for key, value in changes.items()}}
    return client.get(ADDRESS, given)


@contextmanager
def taught(offers):
    """As if this were what the site teaches."""
    before = sources[:]
    sources[:] = [lambda: offers]
    try:
        yield
    finally:
        sources[:] = before


def text(response):
    return " ".join(response.content.decode().split())


def test_without_criteria_the_page_says_so(client, check_page):
    assert "Chưa có bộ tiêu chí nào có hiệu lực" in text(client.get(ADDRESS))


def test_it_begins_with_the_group_and_asks_one_indicator_a_page(client, criteria):
    begins = text(client.get(ADDRESS))
    assert 'type="radio"' not in begins
    assert begins.count("buoc=1") == 4
    page = client.get(ADDRESS, {"nhom": "workers", "1": "7", "buoc": "2"})
    html = text(page)
    assert "Chỉ số 2 trên 10" in html
    assert html.count('name="2"') == 22  # every half point, and none
    assert '<input type="hidden" name="1" value="7">' in html
    assert "nâng bậc" in html  # as workers know it


def test_it_begins_with_whichever_indicator_is_first(client, criteria):
    Indicator.objects.filter(number=1).update(number=11)
    begins = text(client.get(ADDRESS))
    assert begins.count("buoc=2") == 4
    assert "buoc=2" in text(client.get(ADDRESS, {"nhom": "residents", "buoc": "ket-qua"}))


def test_what_was_answered_goes_along_and_comes_back(client, criteria):
    page = client.get(ADDRESS, {"nhom": "residents", "1": "7", "2": "8", "buoc": "1"}).context["check"].question
    assert (page.carried, page.back, page.onward) == ([("2", "8")], 0, "2")
    assert [rung.told.value for rung in page.rungs] == ["0", "5", "8", "10"]
    assert [step.value for rung in page.rungs for step in rung.between if step.is_chosen] == ["7"]
    last = client.get(ADDRESS, {"10": "8", "buoc": "10"}).context["check"].question
    assert (last.back, last.onward, last.is_last) == (9, "ket-qua", True)


def test_nothing_entered_is_no_nought_of_a_hundred(client, criteria):
    html = text(client.get(ADDRESS, {"nhom": "residents", "buoc": "ket-qua"}))
    assert "Bạn chưa chấm chỉ số nào" in html
    assert "0 trên 100" not in html
    assert "Còn 10 chỉ số chưa chấm" in html


def test_what_is_missing_leads_to_its_page_with_what_was_answered(client, criteria):
    result = answer(client, n4="").context["check"].result
    [(indicator, page)] = result.missing
    assert indicator.number == 4
    assert client.get(ADDRESS + page.partition("#")[0]).context["check"].question.carried[0] == ("1", "8")


def test_the_three_cheapest_gains_come_first_with_where_they_lead(client, criteria):
    """What is below the floor first, then most points in least time; each by something else."""
    courses = [
        Taught("course_completed", "Khóa dài", "/dai/", "a", "everyone", frozenset({"ky-nang-so"}), 240),
        Taught("course_completed", "Khóa ngắn", "/ngan/", "b", "residents", frozenset({"ky-nang-so"}), 30),
        Taught("course_completed", "Của sinh viên", "/sv/", "c", "students", frozenset({"ngoai-ngu"}), 5),
    ]
    with taught(courses):
        result = answer(client, n5="3", n9="4").context["check"].result
        html = text(answer(client, n5="3", n9="4"))
    assert [gain.indicator.number for gain, _page in result.gains][:2] == [5, 9]
    assert len(result.gains) == 3
    assert result.gains[0][0].offer.title == "Khóa ngắn"
    assert result.gains[1][0].offer is None
    assert 'href="/ngan/"' in html
    assert "Của sinh viên" not in html
    assert "Nên làm gì trước" in html


def test_eighty_without_a_weak_one_passes(client, criteria):
    html = text(answer(client))
    assert "Bạn đủ điều kiện" in html
    assert "80 trên 100 điểm" in html


def test_a_comma_is_a_decimal_mark(client, criteria):
    assert "80,5 trên 100 điểm" in text(answer(client, n3="8,5"))


@pytest.mark.parametrize("changes", [{"n1": "7,5"}, {"n1": "4,5", "n2": "10", "n3": "10"}, {"n4": ""}])
def test_too_little_weak_or_missing_does_not_pass(client, criteria, changes):
    assert "Chưa đủ điều kiện" in text(answer(client, **changes))


@pytest.mark.parametrize("wrong", ["11", "-1", "tám", "8,3", "NaN", "1e400"])
def test_what_is_no_score_is_said_beside_the_field(client, criteria, wrong):
    html = text(answer(client, n2=wrong))
    assert "Hãy nhập một số từ 0 đến 10, lẻ đến 0,5." in html
    assert "Có chỗ cần sửa lại" in html
    assert "trên 100 điểm" not in html.partition('id="tu-kiem-tra"')[2]


def test_an_unknown_group_falls_back_to_residents(client, criteria):
    assert client.get(ADDRESS, {"nhom": "khac"}).status_code == 200


def test_nothing_is_stored_or_kept(client, criteria):
    response = answer(client)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_the_check_writes_nothing(client, criteria, django_assert_max_num_queries):
    client.get(ADDRESS)
    assert count_queries(lambda: answer(client)) < 14


def test_sending_nothing_is_no_verdict(client, criteria):
    html = text(client.get(ADDRESS, dict.fromkeys(GOOD, "")))
    assert "Bạn chưa chấm chỉ số nào" in html
    assert "trên 100 điểm" not in html.partition('id="tu-kiem-tra"')[2]


def test_pages_that_belong_together_lead_to_each_other(client, check_page):
    body = [text_block("Ai")]
    publish(check_page, PlainPage(title="Ai quyết định", slug="ai-quyet-dinh", body=body))
    first, second = (client.get(path).content.decode() for path in (ADDRESS, f"{ADDRESS}ai-quyet-dinh/"))
    assert f'href="{ADDRESS}ai-quyet-dinh/"' in first
    assert second.count(f'href="{ADDRESS}"') >= 2
    assert 'aria-current="page"' in second
