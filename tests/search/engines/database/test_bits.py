from hypothesis import given
from hypothesis import strategies as st

from search.engines.database import bits

SLOTS = st.sets(st.integers(min_value=0, max_value=3 * bits.PIECE), max_size=30)


@given(SLOTS)
def test_lowest_gives_back_what_was_put_in(slots):
    assert bits.lowest(bits.of_slots(slots), len(slots) + 1) == sorted(slots)


@given(SLOTS, st.integers(min_value=0, max_value=5))
def test_lowest_and_highest_give_so_many_from_their_end(slots, most):
    assert bits.lowest(bits.of_slots(slots), most) == sorted(slots)[:most]
    assert bits.highest(bits.of_slots(slots), most) == sorted(slots, reverse=True)[:most]


@given(SLOTS)
def test_pieces_join_to_the_same_set_in_any_order(slots):
    whole = bits.of_slots(slots)
    assert bits.joined(reversed(bits.pieces(whole))) == whole


@given(st.lists(SLOTS, max_size=4), SLOTS)
def test_counts_in_how_many_sets_each_stands(sets, within):
    levels = bits.in_at_least([bits.of_slots(one) for one in sets], bits.of_slots(within))
    for least, level in enumerate(levels):
        assert bits.lowest(level, 10**6) == sorted(slot for slot in within if sum(slot in one for one in sets) >= least)
