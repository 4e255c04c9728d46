"""Evidence and rules as Hypothesis makes them, shared by the tests of scoring."""

import datetime
import uuid
from decimal import Decimal

from hypothesis import strategies as st

from evaluation.criteria.scoring import EvidenceItem, Rule

KINDS = ["course_completed", "quiz_passed", "attendance", "external_certificate"]
TOPICS = ["ky-nang-so", "ngoai-ngu"]
ISSUERS = ["Trường Đại học A", 'Trung tâm "B"']
PAGES = [str(uuid.UUID(int=number)) for number in (1, 2)]
LEVELS = ["none", "recomputed", "document_seen", "server_marked", "signed"]
MAXIMA = {number: Decimal(10) for number in range(1, 4)}
STEP = Decimal("0.5")
YEAR = 2026
FIRST, LAST = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)

halves = st.integers(min_value=1, max_value=20).map(lambda value: Decimal(value) / 2)
days = st.dates(FIRST, LAST)
items = st.lists(
    st.builds(
        EvidenceItem,
        key=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        title=st.just("Một điều đã học"),
        occurred_on=days,
        verification=st.sampled_from(LEVELS),
        score=st.none() | st.integers(0, 10).map(lambda value: Decimal(value) / 10),
        topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
        page_key=st.sampled_from(["", *PAGES]),
        issuer=st.sampled_from(["", *ISSUERS]),
    ),
    max_size=12,
    unique_by=lambda item: item.key,
)


@st.composite
def rule_lists(draw, max_size=8):
    """Rules as a set holds them: wider caps are the same on all rules of a kind and of an indicator."""
    kind_caps = {(number, kind): draw(st.none() | halves) for number in MAXIMA for kind in KINDS}
    indicator_caps = {number: draw(st.none() | halves) for number in MAXIMA}
    count = draw(st.integers(0, max_size))
    return [_rule(draw, key, kind_caps, indicator_caps) for key in range(1, count + 1)]


def _rule(draw, key, kind_caps, indicator_caps):
    points, extra = draw(halves), draw(halves)
    number, kind = draw(st.integers(1, 3)), draw(st.sampled_from(KINDS))
    start, end = sorted([draw(days), draw(days)])
    return Rule(
        key=key,
        indicator=number,
        kind=kind,
        points=points,
        cap=points + extra,
        topic=draw(st.sampled_from(["", *TOPICS])),
        page_key=draw(st.sampled_from(["", "", *PAGES])),
        issuer=draw(st.sampled_from(["", "", *ISSUERS])),
        least_score=draw(st.none() | st.just(Decimal("0.7"))),
        least_verification=draw(st.sampled_from(["none", *LEVELS])),
        date_from=draw(st.none() | st.just(start)),
        date_to=draw(st.none() | st.just(end)),
        within_days=draw(st.none() | st.integers(0, 400)),
        kind_cap=kind_caps[number, kind],
        indicator_cap=indicator_caps[number],
    )
