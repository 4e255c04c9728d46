from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.draws import Asking, Draw, Group, Shortage, Stock, drawn, shortage

GROUPS = [
    Group(number % 2, "easy" if number < 4 else "hard", "students" if number in (1, 6) else "everyone")
    for number in range(8)
]
SIZES = Counter(GROUPS)


def members_of(groups):
    """The bank in which the version of each number is of the group at that place."""
    return {group: [number for number, one in enumerate(groups) if one == group] for group in groups}


BANK = members_of(GROUPS)


def test_each_draw_gets_what_it_asks_and_no_question_comes_twice():
    draws = [Draw(None, "", "", 3), Draw(0, "easy", "", 2), Draw(1, "", "", 2)]
    chosen = drawn(draws, BANK, Random(3))
    assert len(set(chosen)) == 7
    assert set(chosen[3:5]) == {0, 2}
    assert all(version % 2 for version in chosen[5:])


def test_the_same_seed_draws_the_same():
    draws = [Draw(None, "hard", "", 2)]
    assert drawn(draws, BANK, Random(1)) == drawn(draws, BANK, Random(1))


def test_a_bank_that_is_too_small_is_told_by_its_draw():
    draws = [Draw(None, "", "", 7), Draw(0, "easy", "", 2)]
    assert shortage(draws, SIZES) == Shortage(0, 6)
    with pytest.raises(ValueError, match="too few"):
        drawn(draws, BANK, Random(1))
    assert shortage([Draw(None, "", "", 6), Draw(0, "easy", "", 2)], SIZES) is None


def test_a_target_group_is_drawn_alone():
    assert set(drawn([Draw(None, "", "students", 2)], BANK, Random(1))) == {1, 6}
    assert shortage([Draw(None, "hard", "students", 2)], SIZES) == Shortage(0, 1)


def test_draws_that_overlap_hand_questions_to_each_other():
    """Each of two draws of the same width could take the one question that the other one needs."""
    bank = members_of([Group(1, "easy", "everyone"), Group(1, "hard", "everyone"), Group(2, "hard", "workers")])
    draws = [Draw(1, "", "", 1), Draw(None, "hard", "", 1), Draw(None, "", "everyone", 1)]
    for seed in range(40):
        assert sorted(drawn(draws, bank, Random(seed))) == [0, 1, 2]


def test_every_question_that_fits_is_drawn_as_often():
    counts = Counter(drawn([Draw(None, "", "", 1)], BANK, Random(seed))[0] for seed in range(2000))
    assert set(counts) == set(range(8))
    assert max(counts.values()) < 2 * min(counts.values())


_difficulties, _audiences = st.sampled_from(["easy", "hard"]), st.sampled_from(["everyone", "workers"])
_banks = st.lists(st.builds(Group, st.integers(1, 2), _difficulties, _audiences), max_size=9)
_draws = st.lists(
    st.builds(
        Draw,
        st.sampled_from([None, 1, 2]),
        st.sampled_from(["", "easy", "hard"]),
        st.sampled_from(["", "everyone", "workers"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=4,
)


@given(groups=_banks, draws=_draws, seed=st.integers(0, 1000))
@settings(max_examples=300)
def test_the_form_lets_pass_what_can_be_drawn_and_nothing_else(groups, draws, seed):
    """By Hall: draws can be filled if any of them together find as many questions as they want together."""
    bank = members_of(groups)
    can_be_filled = all(
        sum(draw.count for draw in some) <= sum(any(draw.takes(group) for draw in some) for group in groups)
        for size in range(1, len(draws) + 1)
        for some in combinations(draws, size)
    )
    assert (shortage(draws, Counter(groups)) is None) is can_be_filled
    if not can_be_filled:
        with pytest.raises(ValueError, match="too few"):
            drawn(draws, bank, Random(seed))
        return
    chosen = iter(drawn(draws, bank, Random(seed)))
    asked = [[next(chosen) for _each in range(draw.count)] for draw in draws]
    assert next(chosen, None) is None
    assert len({version for own in asked for version in own}) == sum(draw.count for draw in draws)
    assert all(draw.takes(groups[version]) for draw, own in zip(draws, asked, strict=True) for version in own)


def test_a_quiz_that_draws_all_hard_ones_misses_one_that_becomes_easy():
    hard, easy = Group(1, "hard", "everyone"), Group(1, "easy", "everyone")
    stock = Stock(
        Counter({hard: 2, easy: 9}),
        {("Khó", 1): Asking([Draw(1, "hard", "", 2)]), ("Mọi câu", 2): Asking([Draw(1, "", "", 11)])},
    )
    assert stock.short_without(7, hard, easy) == ["Khó"]
    assert stock.short_without(7, hard) == ["Khó", "Mọi câu"]
    assert stock.short_without(7, easy, hard) == []
    stock.move(8, easy, hard)
    assert stock.short_without(7, hard, easy) == []


def test_a_question_that_a_quiz_picked_may_move_and_not_leave():
    hard, easy = Group(1, "hard", "everyone"), Group(1, "easy", "everyone")
    stock = Stock(Counter({hard: 1, easy: 1}), {("Chọn", 1): Asking([Draw(1, "easy", "", 1)], {7: hard})})
    assert stock.short_without(7, hard, easy) == []
    assert stock.short_without(7, hard) == ["Chọn"]
    assert stock.short_without(8, easy) == ["Chọn"]


def test_what_was_picked_counts_in_the_group_to_which_it_moved():
    hard, easy = Group(1, "hard", "everyone"), Group(1, "easy", "everyone")
    stock = Stock(Counter({hard: 1, easy: 1}), {("Chọn", 1): Asking([Draw(1, "easy", "", 1)], {7: hard})})
    stock.move(7, hard, easy)
    assert stock.short_without(8, easy, hard) == ["Chọn"]


def test_no_draw_counts_on_what_was_picked():
    easy = Group(1, "easy", "everyone")
    asking = Asking([Draw(1, "", "", 2)], {7: easy})
    assert asking.shortage(Counter({easy: 2})) == Shortage(0, 1)
    assert asking.shortage(Counter({easy: 3})) is None


def test_a_pool_is_drawn_from_where_it_is_named_and_nowhere_else():
    shared, own = Group(1, "easy", "everyone"), Group(1, "easy", "everyone", 4)
    bank = {shared: [0, 1], own: [2, 3]}
    assert set(drawn([Draw(1, "", "", 2)], bank, Random(1))) == {0, 1}
    assert set(drawn([Draw(None, "", "", 2, 4)], bank, Random(1))) == {2, 3}
    assert shortage([Draw(None, "", "", 3)], Counter({shared: 2, own: 9})) == Shortage(0, 2)
    both = [Draw(None, "", "", 2), Draw(None, "", "", 2, 4)]
    assert set(drawn(both, bank, Random(1))) == {0, 1, 2, 3}
