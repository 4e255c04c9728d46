import datetime
from dataclasses import replace

import pytest

from membership.likeness.records import Population, record_of
from membership.likeness.search import candidates
from membership.likeness.weighing import weigh
from tests.bench_likeness.quality import ranked, recall_at, records_of
from tests.membership.likeness.crowd import crowd

DAY = datetime.date(1970, 4, 30)


@pytest.fixture(scope="module")
def entries():
    return crowd(6000)


@pytest.fixture(scope="module")
def among(entries):
    return Population.of(records_of(entries, has_days=True))


@pytest.mark.parametrize(("has_days", "least"), [(True, {1: 0.9}), (False, {1: 0.65, 3: 0.78})])
def test_doubles_stand_before_namesakes(entries, has_days, least):
    """At so many false candidates for each true one, at least that share of the doubles is found."""
    found = ranked(records_of(entries, has_days=has_days))
    assert all(recall_at(found, entries, false) >= share for false, share in least.items())


def test_the_same_citizen_id_is_surely_one_and_another_surely_two(among):
    one = record_of(1, "tran thi an", day=DAY, citizen_id_hash="a")
    other = record_of(2, "le van binh", citizen_id_hash="a")
    assert candidates([one, other], among)[0].likeness.probability == 1
    assert weigh(one, replace(one, key=2, citizen_id_hash="b"), among) is None


@pytest.mark.parametrize("name", [".", " ", ""])
def test_a_name_of_no_words_stops_nobody(name):
    one, other = (record_of(key, name, day=DAY) for key in (1, 2))
    assert weigh(one, other, Population.of([one, other])).reasons[0] == "same_name"


def test_a_rare_name_tells_more_than_a_frequent_one(among):
    frequent, rare = (
        weigh(record_of(1, name, year=1970, place=3), record_of(2, name, year=1970, place=3), among)
        for name in ("nguyen thi hoa", "mac diep suong")
    )
    assert rare.odds > 10 * frequent.odds


def test_what_speaks_for_and_against_is_named(among):
    one = record_of(1, "tran thi an", day=DAY, place=3, contacts=("+84905123456",))
    other = record_of(2, "tran an", day=DAY, place=4, contacts=("+84905123456",))
    assert weigh(one, other, among).reasons == ("name_lacks_middle", "same_day", "other_place", "same_contact")


def test_a_mailbox_or_a_house_in_common_speaks_for_one_person_and_is_named(entries, among):
    told = {"place": 3, "emails": ("an@example.vn",), "address": "12 Lê Lợi"}
    one, other = record_of(1, "tran thi an", year=1970, **told), record_of(2, "tran thi an", year=1970, **told)
    bare = replace(other, emails=(), house="")
    alike = weigh(one, other, among)
    assert alike.reasons == ("same_name", "same_year", "same_place", "same_email", "same_house")
    assert alike.odds > 100 * weigh(one, bare, among).odds
    assert weigh(one, bare, among).odds > weigh(one, replace(bare, emails=("b@a.vn",)), among).odds
    elsewhere = replace(other, place=4, house="12 le lai")
    assert "other_house" not in weigh(one, elsewhere, among).reasons


@pytest.mark.parametrize(("has_days", "false"), [(True, 1), (False, 1), (False, 3)])
def test_what_else_is_known_of_people_finds_no_fewer(entries, has_days, false):
    records = records_of(entries, has_days=has_days)
    without = [replace(record, emails=(), house="") for record in records]
    assert recall_at(ranked(records), entries, false) >= recall_at(ranked(without), entries, false)
