from decimal import Decimal

from interface.drawings import Cell, draw_bar, draw_strip


def cells(**values):
    return [Cell(number=number, name=f"Chỉ số {number}", **values) for number in range(1, 11)]


def test_the_maximum_reaches_the_top_and_nothing_stays_on_the_ground():
    strip = draw_strip([Cell(number=1, self=10, suggested=0, reviewed=5, maximum=10)])
    drawn = strip.cells[0]
    assert drawn.own.y < drawn.reviewed.y < drawn.suggested.y
    assert drawn.own.height == 2 * drawn.reviewed.height
    assert drawn.suggested.height == 0


def test_half_the_maximum_stands_at_the_floor_of_half():
    drawn = draw_strip([Cell(number=1, self=5, maximum=10, floor=5)]).cells[0]
    assert drawn.own.y == drawn.floor_y


def test_a_figure_beyond_the_maximum_stays_inside_its_cell():
    drawn = draw_strip([Cell(number=1, self=12, maximum=10)]).cells[0]
    assert drawn.own.y == draw_strip([Cell(number=1, self=10, maximum=10)]).cells[0].own.y


def test_totals_add_what_is_there_and_say_nothing_where_nothing_is():
    strip = draw_strip(cells(self=Decimal("8.5")))
    assert strip.own_total == 85
    assert strip.suggested_total is None
    assert strip.maximum == 100


def test_the_reviewed_figure_decides_what_is_below_the_floor():
    strip = draw_strip([
        Cell(number=1, self=8, reviewed=4),
        Cell(number=2, self=4, reviewed=8),
        Cell(number=3, self=Decimal("4.5")),
        Cell(number=4, self=5),
        Cell(number=5),
    ])  # fmt: skip
    assert strip.below == (1, 3)


def test_no_cells_draw_nothing():
    assert draw_strip([]).cells == ()


def test_a_bar_keeps_to_its_hundred_units():
    bar = draw_bar(Decimal("45.2"), 100, 60)
    assert (bar.width, bar.goal_x) == (45.2, 60.0)
    assert draw_bar(130, 100, None).width == 100


def test_a_bar_of_an_unknown_whole_has_no_width():
    assert draw_bar(5, 0, None).width == 0
