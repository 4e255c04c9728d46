import pytest

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


def text(response):
    return " ".join(response.content.decode().split())


def test_without_criteria_the_page_says_so(client, check_page):
    assert "Chưa có bộ tiêu chí nào có hiệu lực" in text(client.get(ADDRESS))


def test_ten_indicators_are_asked(client, criteria):
    html = text(client.get(ADDRESS))
    assert html.count('inputmode="decimal"') == 10
    assert "không bắt buộc" not in html


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
    assert "trên 100 điểm</h3>" not in html


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
    assert "ít nhất một chỉ số" in html
    assert "trên 100 điểm</h3>" not in html


def test_pages_that_belong_together_lead_to_each_other(client, check_page):
    body = [text_block("Ai")]
    publish(check_page, PlainPage(title="Ai quyết định", slug="ai-quyet-dinh", body=body))
    first, second = (client.get(path).content.decode() for path in (ADDRESS, f"{ADDRESS}ai-quyet-dinh/"))
    assert f'href="{ADDRESS}ai-quyet-dinh/"' in first
    assert second.count(f'href="{ADDRESS}"') >= 2
    assert 'aria-current="page"' in second
