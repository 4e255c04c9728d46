from fractions import Fraction
from itertools import combinations, pairwise

from interface.charts import Point, Stage, draw_field, draw_spread

TENTHS = {Fraction(part, 10): part + 1 for part in range(11)}


def point(number, across, up, **values):
    return Point(number=number, label="", address="", across=across, up=up, **values)


def test_each_share_is_counted_in_its_column_and_the_whole_in_the_last():
    spread = draw_spread(TENTHS)
    assert [column.count for column in spread.columns] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10 + 11]
    assert [spread.columns[0].range, spread.columns[8].range, spread.columns[9].range] == ["0–9", "80–89", "90–100"]
    assert spread.total == sum(TENTHS.values())
    assert spread.fullest is spread.columns[9]


def test_no_group_is_called_the_largest_where_two_are_as_large():
    assert draw_spread({Fraction(0): 2, Fraction(1, 2): 2, Fraction(1): 1}).fullest is None


def test_a_share_at_the_edge_of_a_column_never_slips_into_the_one_before():
    for tenths in range(10):
        spread = draw_spread({Fraction(29 * tenths, 290): 1})
        assert spread.columns[tenths].count == 1


def test_columns_stand_on_the_ground_as_tall_as_their_counts_and_beside_each_other():
    columns = draw_spread({Fraction(0): 2, Fraction(1, 2): 1}).columns
    assert columns[0].height == 2 * columns[5].height
    assert columns[9].height == 0
    assert len({column.y + column.height for column in columns}) == 1
    assert all(left.x + left.width < right.x for left, right in pairwise(columns))


def test_the_mark_stands_between_the_columns_that_it_parts():
    spread = draw_spread({}, mark=80)
    assert spread.columns[7].x + spread.columns[7].width < spread.mark_x < spread.columns[8].x
    assert spread.is_mark_late
    assert not draw_spread({}, mark=30).is_mark_late
    assert draw_spread({}).mark_x is None


def test_what_lies_beyond_the_whole_stands_at_its_end():
    assert draw_spread({Fraction(3, 2): 1}).columns[9].count == 1


def test_a_stage_of_nobody_is_no_share():
    assert (Stage("ghi danh", 0, 0).percent, Stage("xong", 7, 10).percent) == (0, 70)


def test_points_lie_by_their_two_measures():
    easy, hard, best = draw_field([point(1, 1, 0.5), point(2, 0, 0.5), point(3, 0.5, 1)], 0.2).points
    assert hard.x < best.x < easy.x
    assert best.y < easy.y == hard.y


def test_the_field_goes_down_as_far_as_there_are_points():
    assert draw_field([point(1, 1, 0.4)], 0.2).lines[-1][0] == -0.5
    assert draw_field([point(1, 1, -0.7)], 0.2).lines[-1][0] == -1


def test_points_at_one_place_are_several_points():
    drawn = draw_field([point(number, 1, 0.3) for number in range(10)], 0.2).points
    assert all(abs(one.x - other.x) >= 8 for one, other in combinations(drawn, 2))
    assert all(0 <= one.x <= 100 for one in drawn)


def test_a_crowd_is_drawn_small_where_it_is():
    field = draw_field([point(number, 0.5, 0.3) for number in range(60)], 0.2)
    assert field.is_crowded
    assert len({one.x for one in field.points}) == 1
