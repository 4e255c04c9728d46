from random import Random

import pytest

from assessments.drawing import Candidate, Draw, Shortage, drawn, shortage

BANK = [
    Candidate(number, number % 2, "easy" if number < 4 else "hard", "students" if number in (1, 6) else "everyone")
    for number in range(8)
]


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
    assert shortage(draws, BANK) == Shortage(0, 6)
    with pytest.raises(ValueError, match="larger than population"):
        drawn(draws, BANK, Random(1))
    assert shortage([Draw(None, "", "", 6), Draw(0, "easy", "", 2)], BANK) is None


def test_a_target_group_is_drawn_alone():
    assert set(drawn([Draw(None, "", "students", 2)], BANK, Random(1))) == {1, 6}
    assert shortage([Draw(None, "hard", "students", 2)], BANK) == Shortage(0, 1)
