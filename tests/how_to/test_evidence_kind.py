"""docs/how-to/evidence-kind.md, walked through: a book that somebody read."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.management import call_command

from evaluation.criteria.actions import draft_from, put_in_force, save_part, score_people
from evaluation.criteria.bulk import Range
from evaluation.criteria.explanation import open_rules, rule_sentence, sentences, todo
from evaluation.criteria.forms import CapsForm, RuleForm
from evaluation.criteria.inputs import measure_of
from evaluation.criteria.models import CriteriaSet, EvidenceRule, Indicator, SuggestedScores
from evaluation.criteria.scoring import suggest
from learning.evidence.actions import record
from learning.evidence.kinds import KINDS, EvidenceKind, register
from learning.evidence.models import Evidence, Source
from membership.models import TargetGroup
from tests.factories.evaluation import AT, YEAR, evidence_items, sample_criteria
from tests.factories.evidence import a_fact

BOOK = EvidenceKind(
    "book_read",
    "Sách đã đọc",
    told="đọc xong cuốn “%(title)s” ngày %(day)s",
    way="Đọc thêm một cuốn sách",
    way_on_topic="Đọc thêm một cuốn sách về “%(topic)s”",
    origins={"library": "Thư viện phường xác nhận."},
)


@pytest.fixture
def book() -> Iterator[EvidenceKind]:
    register(BOOK)
    yield BOOK
    del KINDS[BOOK.key]


@pytest.fixture
def read(book, standing) -> Evidence:
    fact = a_fact(standing.an.person, kind=book.key, title="Dế Mèn", source=Source.OFFICER, details={"how": "library"})
    return record(fact=fact, by=None, at=AT)


@pytest.fixture
def counted(book, standing) -> CriteriaSet:
    """The residents' set with one rule more: a book gives a point and a half on the first indicator."""
    sample_criteria()
    national = CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)
    draft = draft_from(criteria_set=national, version="Sách", valid_from=AT.date(), unit=None, by=standing.giang, at=AT)
    values = {"kind": book.key, "points": "1.5", "cap": "3", "least_verification": "none"}
    form = RuleForm(values, instance=EvidenceRule(indicator=_first(draft)))
    assert form.is_valid(), form.errors
    save_part(part=form.save(commit=False), by=standing.giang, at=AT)
    return put_in_force(criteria_set=draft, by=standing.giang, at=AT)


def _first(criteria_set: CriteriaSet) -> Indicator:
    return criteria_set.indicators.get(number=1)


def test_its_person_reads_it_in_words(client, standing, read):
    client.force_login(standing.an)
    page = client.get("/minh-chung/?nam=2026").content.decode()
    assert "Sách đã đọc" in page
    assert "Thư viện phường xác nhận." in page
    assert "Sách đã đọc" not in client.get("/minh-chung/them/").content.decode()  # nobody declares it


def test_a_rule_counts_it_in_python_and_in_sql_alike(standing, read, counted):
    score_people(year=YEAR, day=AT.date(), people=Range(1, 10**9))
    at_once = SuggestedScores.objects.get(year=YEAR, person=standing.an.person)
    measure = measure_of(counted)
    one = suggest(evidence_items([read]), measure.rules, measure.maxima, measure.step)[1]
    assert one.points == Decimal("1.5")
    assert at_once.tenths[0] == 15
    assert sentences(one.trace, measure.maxima[1]) == ["+1,5: đọc xong cuốn “Dế Mèn” ngày 04/05/2026."]
    rules = [rule for rule in measure.rules if rule.kind == BOOK.key]
    rule, left = open_rules(rules, one.trace, one.points, measure.maxima[1])[0]
    assert todo(rule, left).startswith("Đọc thêm một cuốn sách: +1,5")


def test_officers_find_it_where_rules_and_caps_are_entered(counted):
    rule = EvidenceRule.objects.get(kind=BOOK.key)
    assert rule_sentence(rule).startswith("Sách đã đọc: mỗi lần 1,5 điểm")
    assert CapsForm(indicator=rule.indicator).fields[BOOK.key].label == "Sách đã đọc"


def test_no_migration_is_wanted(db, book):
    call_command("makemigrations", "evidence", "criteria", check_changes=True, dry_run=True)
