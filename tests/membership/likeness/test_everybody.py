import datetime

import pytest

from membership.likeness.everybody import Communes, alike, search_all, survey
from membership.likeness.records import record_of
from membership.models import Contact, ContactKind, Membership, Role
from tests.factories.people import START, PersonFactory
from tests.queries import assert_constant_queries

TODAY, BORN = datetime.date(2026, 12, 1), datetime.date(1964, 9, 2)


def on_record(unit, name="Mạc Diệp Sương", **values):
    values = {"birth_day": BORN, "birth_year": BORN.year} | values
    person = PersonFactory(full_name=name, **values)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return person


def test_two_records_of_one_person_are_found_among_everybody(standing):
    one, other = on_record(standing.chapter), on_record(standing.other_chapter, "Mạc Diệp Xương")
    merged = on_record(standing.chapter, merged_into=one)
    found = search_all(TODAY)
    assert {found[0].one, found[0].other} == {one.pk, other.pk}
    assert found[0].likeness.reasons == ("name_sounds_alike", "same_day", "same_place")
    assert merged.pk not in {key for pair in found for key in (pair.one, pair.other)}


@pytest.mark.parametrize(
    "row",
    [
        {"folded_name": "mac suong", "year": 1964, "here": True},
        {"folded_name": "mac diep suong", "year": 1964},
        {"folded_name": "mac thi suong", "day": BORN},
        {"folded_name": "le van khac", "citizen_id_hash": "a" * 64},
        {"folded_name": "mac diep suong", "year": 1953, "contacts": ("+84905123456",)},
    ],
    ids=["in the commune", "elsewhere by name", "by day", "by citizen ID", "by phone"],
)
def test_whoever_is_typed_in_again_reminds_of_their_record(standing, row):
    person = on_record(standing.chapter, citizen_id_hash="a" * 64)
    Contact.objects.create(person=person, kind=ContactKind.PHONE, value="+84905123456")
    place = Communes().of(standing.chapter.path) if row.pop("here", False) else None
    found = alike([record_of("row", place=place, **row)], survey(TODAY), TODAY)
    assert [one.other for one in found["row"]] == [person.pk]


def test_a_chunk_of_rows_takes_as_many_queries_as_one(standing):
    among, rows = survey(TODAY), [record_of("first", "mac diep suong", year=1964)]

    def more():
        on_record(standing.chapter)
        rows.extend(record_of(year, "tran thi an", year=year) for year in range(1950, 1990))

    assert_constant_queries(lambda: alike(rows, among, TODAY), more)
