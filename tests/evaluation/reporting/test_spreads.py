from evaluation.reporting.definitions import DEFINITIONS
from evaluation.reporting.figures import Figure, Row
from evaluation.reporting.spreads import spreads_of
from membership.models import Unit


def figure(numerator, denominator, goal=60):
    return Figure(DEFINITIONS[0], goal, 2030, "", numerator, denominator)


def rows(*pairs):
    return [Row(Unit(), [figure(*pair)]) for pair in pairs]


def test_units_spread_by_their_shares_around_the_goal():
    (found,) = spreads_of([figure(20, 40)], rows((1, 10), (6, 10), (59, 100), (10, 10)))
    assert [column.count for column in found.spread.columns] == [0, 1, 0, 0, 0, 1, 1, 0, 0, 1]
    assert (found.reached, found.spread.mark) == (2, 60)


def test_who_belongs_to_the_upper_unit_itself_and_what_is_not_known_are_no_units_in_it():
    known = rows((1, 10), (2, 10), (3, 10))
    beside = [*rows((4, 0), (5, None)), Row(None, [figure(9, 10)])]
    (found,) = spreads_of([figure(6, 30)], known + beside)
    assert found.spread.total == 3


def test_a_few_units_are_read_in_the_table():
    assert spreads_of([figure(3, 20)], rows((1, 10), (2, 10))) == []


def test_more_counted_than_there_are_said_to_be_stands_at_the_end():
    (found,) = spreads_of([figure(3, 20)], rows((15, 10), (2, 10), (1, 10)))
    assert found.spread.columns[9].count == 1
