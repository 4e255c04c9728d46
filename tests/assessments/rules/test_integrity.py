import datetime

from django.utils import timezone

from assessments.rules.integrity import Sitting, answered_alike, at_same_address, is_too_fast, on_same_device

NOW = timezone.now()
MINUTE = datetime.timedelta(minutes=1)


def _sitting(person, minutes=0, **values):
    return Sitting(attempt=person, person=person, finished_at=NOW + minutes * MINUTE, **values)


def test_reading_takes_its_time():
    assert is_too_fast(NOW, NOW + datetime.timedelta(seconds=9), 100)
    assert not is_too_fast(NOW, NOW + datetime.timedelta(seconds=11), 100)


def test_three_people_on_one_device_within_minutes_are_noticed_and_two_are_not():
    own = _sitting(1, device="d")
    assert on_same_device(own, [_sitting(2, 4, device="d"), _sitting(3, -4, device="d")])
    assert not on_same_device(own, [_sitting(2, 4, device="d"), _sitting(3, 40, device="d")])
    assert not on_same_device(_sitting(1), [_sitting(2), _sitting(3)])


def test_the_same_wrong_answers_are_noticed():
    wrong = {1: "a", 2: "b", 3: "c", 4: "d"}
    assert answered_alike(_sitting(1, wrong=wrong), [_sitting(2, wrong=wrong)])
    assert not answered_alike(_sitting(1, wrong=wrong), [_sitting(2, wrong=wrong | {1: "x"})])
    assert not answered_alike(_sitting(1, wrong=wrong), [_sitting(1, wrong=wrong)])


def test_a_shared_line_is_counted_and_nothing_more():
    line = [_sitting(number, address="l") for number in range(20)]
    assert at_same_address(line[0], line[1:]) == 20
    assert not on_same_device(line[0], line[1:])
