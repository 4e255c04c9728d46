from hypothesis import given
from hypothesis import strategies as st

from evaluation.reporting.public import CommuneRow, Results, Shown, suppress


def test_one_to_four_read_under_five_and_zero_stays_zero():
    shown = suppress({"a": 0, "b": 1, "c": 4, "d": 5})
    assert shown == {
        "a": Shown(0),
        "b": Shown(None, is_small=True),
        "c": Shown(None, is_small=True),
        "d": Shown(5),
    }


def test_a_lone_small_number_keeps_the_next_smallest_back_with_it():
    shown = suppress({"a": 2, "b": 40, "c": 9, "d": 0})
    assert shown["a"].is_small
    assert shown["c"].is_kept_back
    assert (shown["b"].number, shown["d"].number) == (40, 0)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 12), max_size=8))
def test_no_small_number_follows_from_the_total(counts):
    shown = suppress(counts)
    hidden = [key for key, number in shown.items() if number.number is None]
    assert all(shown[key].number is None for key, count in counts.items() if 0 < count < 5)
    assert len(hidden) != 1 or not any(count >= 5 for count in counts.values())


def test_communes_are_ranked_without_telling_a_small_number():
    numbers = {
        "Ít": Shown(None, is_small=True),
        "Giấu": Shown(None),
        "Nhiều": Shown(30),
        "Vừa": Shown(8),
        "Không": Shown(0),
    }
    communes = [CommuneRow(name, [(2026, number)]) for name, number in numbers.items()]
    results = Results("Tỉnh", [2026], None, [], [], communes, [])
    assert [name for name, _number in results.ranked] == ["Nhiều", "Vừa", "Ít", "Giấu"]
    assert results.largest == 30
