"""Bodies of every kind, made by Hypothesis, with the answer that is wholly right for a given order."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from assessments.kinds import Body, parse
from assessments.kinds.numbers import canonical
from home.demo.answers import right
from interface.vietnamese import nfc

_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).filter(nfc)
_seed = st.integers(0, 2**32)


def _texts(least: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_text, min_size=least, max_size=8, unique_by=lambda text: nfc(text).casefold())


@dataclass
class Sample:
    kind: str
    body: Body
    order: Any
    full: Any  # the wholly right answer in this order
    seed: int


def _right_answer(kind: str, body: Any, order: Any) -> Any:
    if kind == "single_choice":
        return next(place for place, index in enumerate(order) if body.options[index].is_correct)
    if kind == "multiple_choice":
        return [place for place, index in enumerate(order) if body.options[index].is_correct]
    if kind == "true_false":
        return body.answer
    if kind == "short_text":
        return body.accepted[0]
    if kind == "ordering":
        return list(order)
    if kind in ("numeric", "blanks"):
        return right(body, order)
    rights = body.rights
    return [order["rights"].index(rights.index(body.pairs[left][1])) for left in order["lefts"]]


_SERVER_MARKED = ["single_choice", "multiple_choice", "true_false", "short_text", "matching", "ordering", "numeric",
                  "blanks"]  # fmt: skip
_decimals = st.decimals(-10_000, 10_000, places=3).map(canonical)


@st.composite
def _numeric(draw: Any) -> dict[str, Any]:
    units = draw(st.lists(st.sampled_from(["kg", "ki-lô-gam", "m²", "triệu đồng", "%"]), max_size=3, unique=True))
    tolerance = canonical(draw(st.decimals(0, 50, places=2)))
    is_asked = bool(units) and draw(st.booleans())
    return {"number": draw(_decimals), "tolerance": tolerance, "units": units, "is_unit_asked": is_asked}


@st.composite
def _blanks(draw: Any) -> dict[str, Any]:
    gaps = []
    for _place in range(draw(st.integers(1, 5))):
        texts = draw(_texts(1))
        right = 1 if draw(st.booleans()) else len(texts)
        gaps.append({"right": texts[:right], "wrong": texts[right:]})
    order = draw(st.permutations(range(1, len(gaps) + 1)))
    text = " rồi ".join(f"chỗ [{number}]" for number in order)
    return {"text": text, "gaps": gaps, "is_tolerant": draw(st.booleans())}


@st.composite
def plain_bodies(draw: Any) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(_SERVER_MARKED))
    if kind == "numeric":
        return kind, draw(_numeric())
    if kind == "blanks":
        return kind, draw(_blanks())
    if kind == "true_false":
        return kind, {"answer": draw(st.booleans())}
    if kind == "short_text":
        return kind, {"accepted": draw(_texts(1)), "is_tolerant": draw(st.booleans())}
    texts = draw(_texts(2))
    if kind == "ordering":
        return kind, {"items": texts}
    if kind == "matching":
        rights = draw(st.lists(_text, min_size=len(texts), max_size=len(texts)))
        return kind, {"pairs": [{"left": a, "right": b} for a, b in zip(texts, rights, strict=True)]}
    if kind == "single_choice":
        right = {draw(st.integers(0, len(texts) - 1))}
    else:
        right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    return kind, {"options": [{"text": text, "is_correct": i in right} for i, text in enumerate(texts)]}


@st.composite
def samples(draw: Any) -> Sample:
    kind, plain = draw(plain_bodies())
    seed = draw(_seed)
    body = parse(kind, plain)
    order = body.shuffle(Random(seed))
    return Sample(kind, body, order, _right_answer(kind, body, order), seed)


@st.composite
def answers_to(draw: Any, sample: Sample) -> Any:
    """Any answer that a learner can give to the sample, cleaned."""
    kind, order = sample.kind, sample.order
    if kind == "single_choice":
        raw: Any = draw(st.none() | st.integers(0, len(order) - 1))
    elif kind == "multiple_choice":
        raw = draw(st.lists(st.integers(0, len(order) - 1), max_size=10))
    elif kind == "true_false":
        raw = draw(st.none() | st.booleans())
    elif kind == "short_text":
        raw = draw(st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
    elif kind == "numeric":
        raw = draw(st.none() | _decimals | st.text("0123456789., -kg%", max_size=20))
    elif kind == "blanks":
        raw = [draw(st.none() | (st.integers(0, len(places) - 1) if places else _text)) for places in order]
    else:
        rows = len(order["lefts"]) if kind == "matching" else len(order)
        places = len(order["rights"]) if kind == "matching" else len(order)
        raw = draw(st.lists(st.none() | st.integers(0, places - 1), min_size=rows, max_size=rows))
    return type(sample.body).clean(raw, order)
