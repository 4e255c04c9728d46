import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from membership.actions import ask_about, correct_person, erase_person, find_doubles, keep_apart, merge_people
from membership.likeness.everybody import search_all
from membership.models import Membership, PossibleDouble, Role
from tests.factories.people import START, PersonFactory

SAME = {"full_name": "Mạc Diệp Sương", "birth_year": 1964}


@pytest.fixture
def records(standing):
    """Three of one rare name: two in the reach of Dũng, one in another commune."""
    people = [PersonFactory(**SAME) for _number in range(3)]
    for person, unit in zip(people, (standing.chapter, standing.chapter, standing.foreign_association), strict=True):
        Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return people


@pytest.fixture
def pair(records, at):
    find_doubles(at=at)
    return PossibleDouble.objects.get(one=records[0], other=records[1])


def pairs():
    return set(PossibleDouble.objects.values_list("one", "other", "state"))


def test_everybody_is_looked_through_and_looking_again_changes_nothing(records, at):
    assert find_doubles(at=at) == find_doubles(at=at) == 3
    assert PossibleDouble.objects.for_queue()[0].reasons[:2] == ["same_name", "same_year"]


def test_a_pair_told_apart_is_never_asked_of_again(standing, pair, at):
    keep_apart(pair=pair, by=standing.dung, at=at)
    assert find_doubles(at=at) == 2
    assert pair not in PossibleDouble.objects.for_queue()


def test_what_reminds_no_more_after_a_correction_is_forgotten(standing, records, pair, at):
    correct_person(person=records[0], full_name="Hồ Văn Long", birth_year=1990, birth_day=None, by=standing.dung, at=at)
    assert find_doubles(at=at) == 1


def test_only_who_manages_both_tells_them_apart_and_whoever_manages_one_asks(standing, pair, at):
    with pytest.raises(PermissionDenied):
        keep_apart(pair=pair, by=standing.ha, at=at)
    with pytest.raises(PermissionDenied):
        ask_about(pair=pair, note="Ai?", by=standing.ha, at=at)
    with pytest.raises(ValidationError):
        ask_about(pair=pair, note=" ", by=standing.dung, at=at)
    ask_about(pair=pair, note="Cùng một người không?", by=standing.dung, at=at)
    pair.refresh_from_db()
    assert (pair.state, pair.settled_by) == ("asked", standing.dung)
    assert find_doubles(at=at) == 3


def test_merging_settles_the_pair_and_carries_on_who_was_told_apart(standing, records, pair, at):
    first, second, third = records
    keep_apart(pair=PossibleDouble.objects.get(one=second, other=third), by=standing.giang, at=at)
    merge_people(duplicate=second, into=first, by=standing.giang, at=at)
    assert pairs() == {(first.pk, second.pk, "merged"), (first.pk, third.pk, "apart")}


def test_what_was_asked_stands_beneath_what_was_asked_before(standing, pair, at):
    ask_about(pair=pair, note="Một người?", by=standing.dung, at=at)
    for _twice in range(2):
        ask_about(pair=pair, note="Hỏi gia đình.", by=standing.giang, at=at)
    pair.refresh_from_db()
    assert (pair.note, pair.settled_by) == ("Một người?\nHỏi gia đình.", standing.giang)


def test_what_was_asked_of_a_record_is_asked_of_the_one_into_which_it_is_merged(standing, records, pair, at):
    first, second, third = records
    for beside, note in ((first, "Sinh ngày nào?"), (second, "Ở đâu?")):
        ask_about(pair=PossibleDouble.objects.get(one=beside, other=third), note=note, by=standing.giang, at=at)
    merge_people(duplicate=second, into=first, by=standing.giang, at=at)
    assert pairs() == {(first.pk, second.pk, "merged"), (first.pk, third.pk, "asked")}
    assert PossibleDouble.objects.waiting().get().note == "Sinh ngày nào?\nỞ đâu?"


def test_nobody_decides_of_their_own_record(standing, pair, at):
    standing.giang.person = pair.other
    with pytest.raises(ValidationError, match="của chính bạn"):
        keep_apart(pair=pair, by=standing.giang, at=at)
    with pytest.raises(ValidationError, match="của chính bạn"):
        ask_about(pair=pair, note="Ai?", by=standing.giang, at=at)


def test_who_was_erased_while_everybody_was_looked_through_is_in_no_pair(standing, records, at, monkeypatch):
    def erasing(day):
        found = search_all(day)
        erase_person(person=records[0], by=standing.dung, at=at)
        return found

    monkeypatch.setattr("membership.actions.doubles.search_all", erasing)
    assert find_doubles(at=at) == 1
    assert pairs() == {(records[1].pk, records[2].pk, "open")}


def test_with_a_person_who_is_erased_go_the_pairs(standing, records, pair, at):
    erase_person(person=records[0], by=standing.dung, at=at)
    assert pairs() == {(records[1].pk, records[2].pk, "open")}
