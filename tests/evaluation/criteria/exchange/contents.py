"""Any set that could be, as Hypothesis makes it."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from evaluation.criteria.exchange.content import (
    AnchorContent,
    CapContent,
    CompetencyContent,
    IndicatorContent,
    RuleContent,
    SetContent,
)
from learning.evidence.kinds import Kind
from learning.evidence.models import Verification
from membership.models import TargetGroup

# What a form lets through: printable signs and new lines; surrogates and control signs are no text.
letters = st.characters(categories=("L", "M", "N", "P", "S", "Zs"))
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
keys = st.uuids(version=4).map(str)


def texts(longest, smallest=0):
    """What must be filled in holds more than spaces, as forms and the standard ask."""
    made = st.text(letters, min_size=smallest, max_size=min(longest, 30))
    return made.filter(str.strip) if smallest else made


def points(largest=999):
    return st.integers(1, largest * 10).map(lambda tenths: Decimal(tenths) / 10)


@st.composite
def rules(draw):
    start, end = sorted([draw(days), draw(days)])
    smaller, larger = sorted([draw(points(99)), draw(points(99))])
    return RuleContent(
        identifier=draw(keys),
        kind=draw(st.sampled_from(list(Kind))),
        points=smaller,
        cap=larger,
        topic=draw(texts(60)),
        topic_name=draw(texts(120)),
        issuer=draw(texts(200)),
        page_key=draw(st.just("") | keys),
        least_score=draw(st.none() | st.integers(0, 10_000).map(lambda value: Decimal(value) / 10_000)),
        least_verification=draw(st.sampled_from(Verification.values)),
        date_from=draw(st.none() | st.just(start)),
        date_to=draw(st.none() | st.just(end)),
        within_days=draw(st.none() | st.integers(0, 400)),
    )


@st.composite
def indicators(draw, number, competencies, step):
    kinds = draw(st.lists(st.sampled_from(list(Kind)), unique=True, max_size=2))
    maximum = draw(points())
    scores = st.integers(0, int(maximum / step)).map(lambda count: count * step)
    return IndicatorContent(
        identifier=draw(keys),
        number=number,
        competency=draw(st.integers(1, competencies)),
        name=draw(texts(250, 1)),
        maximum=maximum,
        support=draw(st.sampled_from(["yes", "partly", "no"])),
        evidence_cap=draw(st.none() | points()),
        explanation=draw(texts(500)),
        examples="\n".join(draw(st.lists(texts(50, 1), max_size=3))),
        topics="\n".join(draw(st.lists(st.from_regex("[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True), max_size=3))),
        caps=tuple(CapContent(kind, draw(points())) for kind in kinds),
        rules=tuple(draw(st.lists(rules(), max_size=2))),
        anchors=tuple(AnchorContent(at, draw(texts(300, 1))) for at in draw(st.sets(scores, max_size=3))),
    )


@st.composite
def contents(draw):
    count = draw(st.integers(1, 3))
    competencies = [CompetencyContent(draw(keys), number, draw(texts(200, 1))) for number in range(1, count + 1)]
    step = draw(points(99))
    return SetContent(
        identifier=draw(keys),
        name=draw(texts(200, 1)),
        version=draw(texts(20, 1)),
        valid_from=draw(days),
        valid_to=draw(st.none() | days),
        group=draw(st.sampled_from(["", *TargetGroup.values])),
        unit=draw(texts(32)),
        parent=draw(st.just("") | keys),
        status=draw(st.sampled_from(["draft", "in_force", "retired"])),
        is_sample=draw(st.booleans()),
        threshold=draw(points(9999)),
        floor=draw(points()),
        step=step,
        competencies=tuple(competencies),
        indicators=tuple(draw(indicators(number, count, step)) for number in range(1, draw(st.integers(0, 4)) + 1)),
    )
