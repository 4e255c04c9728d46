"""Questions as the bank holds them, made by Hypothesis, in the text that files can hold."""

import string

from hypothesis import strategies as st

from assessments.bank.media import digest
from assessments.formats.conversion import fit, plain
from assessments.formats.question import Medium, PlainQuestion
from assessments.kinds import body_from_plain
from assessments.kinds.blanks import MARK
from assessments.kinds.numbers import canonical
from intake.texts import is_old_encoding
from interface.vietnamese import nfc

# What files cannot hold, controls apart from the line end, is left out here as the writers leave it out.
# So are the signs by which text in TCVN3 or VNI is known.
_signs = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn"),
    include_characters="\n",
    exclude_characters="µ¸¶·»¾¼½©«¬¨®âûïùøõñÂ",
)
_AWKWARD = """-> = ~ # { } \\ : :: [html] %50% // <b> &amp; * =1+1 ]]> $CATEGORY: #### đ ế \\n > ANSWER: A. _x000D_"""
_awkward = st.sampled_from([*_AWKWARD.split(), "\n", " ", "A. ", "ANSWER: A"])
_text = st.lists(st.one_of(_awkward, st.text(_signs, max_size=8)), min_size=1, max_size=5).map(
    lambda parts: nfc("".join(parts))
)
texts = _text.filter(lambda text: text and not is_old_encoding(text))
codes = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=20)


def _different(least):
    return st.lists(texts, min_size=least, max_size=6, unique_by=str.casefold)


@st.composite
def numbers(draw):
    """Units without the semicolon that parts them in a spreadsheet."""
    units = draw(
        st.lists(st.sampled_from(["kg", "ki-lô-gam", "m²", "km/h", "[đồng]", "%", "a\\b"]), max_size=3, unique=True)
    )
    return {
        "number": canonical(draw(st.decimals(-(10**8), 10**8, places=4))),
        "tolerance": canonical(draw(st.decimals(0, 1000, places=3))),
        "units": units,
        "is_unit_asked": bool(units) and draw(st.booleans()),
    }


_one_line = texts.map(lambda text: " ".join(text.split())).filter(lambda text: text and not MARK.search(text))


@st.composite
def _passages(draw):
    gaps = []
    for _place in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(_one_line, min_size=1, max_size=4, unique_by=str.casefold))
        right = 1 if draw(st.booleans()) else len(parts)
        gaps.append({"right": parts[:right], "wrong": parts[right:]})
        if draw(st.booleans()):
            number, within = (draw(st.decimals(0, 10**6, places=3)) for _one in range(2))
            gaps[-1] = {"right": [canonical(number)], "wrong": [], "tolerance": canonical(within)}
    around = st.one_of(st.just(" "), st.just("\n"), _one_line)
    # Marks in order: formats that number the blanks as they come give them back so.
    pieces = [f"{draw(around)}[{number}]" for number in range(1, len(gaps) + 1)]
    passage = nfc("".join(pieces) + draw(around))
    return {"text": passage, "gaps": gaps, "is_tolerant": draw(st.booleans())}


@st.composite
def _rubrics(draw):
    criteria = [{"text": text, "points": draw(st.integers(1, 20))} for text in draw(_different(1))]
    return {"criteria": criteria, "guide": draw(st.one_of(st.just(""), texts))}


@st.composite
def _bodies(draw, kind):
    if kind == "true_false":
        return {"answer": draw(st.booleans())}
    if kind in ("numeric", "blanks", "written"):
        return draw({"numeric": numbers, "blanks": _passages, "written": _rubrics}[kind]())
    if kind == "short_text":
        accepted = draw(_different(1).filter(lambda parts: "*" not in parts))
        exact = {"is_case_exact": True} if draw(st.booleans()) else {}
        return {"accepted": accepted, "is_tolerant": draw(st.booleans()), **exact}
    parts = draw(_different(2))
    if kind == "ordering":
        return {"items": parts}
    if kind == "matching":
        return {"pairs": [{"left": part, "right": draw(texts)} for part in parts]}
    least = 1 if kind == "multiple_choice" else len(parts)
    right = {draw(st.integers(0, len(parts) - 1))}
    if least == 1:
        right = draw(st.sets(st.integers(0, len(parts) - 1), min_size=1))
    return {"options": [{"text": part, "is_correct": place in right} for place, part in enumerate(parts)]}


@st.composite
def _media(draw, body):
    """At most one picture and one sound beside the question and beside each option."""
    places = [None, *range(len(body.get("options", [])))]
    beside = draw(st.sets(st.tuples(st.sampled_from(places), st.sampled_from(["webp", "svg", "mp3"])), max_size=4))
    kept = {(place, ending == "mp3"): (place, ending) for place, ending in beside}
    contents = {each: draw(st.binary(min_size=1, max_size=40)) for each in kept.values()}
    media = [Medium(f"{digest(content)}.{ending}", content, draw(texts), place)
             for (place, ending), content in contents.items()]  # fmt: skip
    return tuple(sorted(media, key=lambda each: (each.place is not None, each.place or 0, each.name[-3:] == "mp3")))


@st.composite
def questions(draw, kinds, *, with_media=False):
    """Up to five plain questions with different codes, as exporting makes them."""
    made = []
    for code in draw(st.lists(codes, min_size=1, max_size=5, unique=True)):
        kind = draw(st.sampled_from(sorted(kinds)))
        body = body_from_plain(kind, draw(_bodies(kind)))
        about = {"code": code, "topic": draw(st.sampled_from(["ky-nang-so", "phap-luat"])),
                 "difficulty": draw(st.sampled_from(["easy", "medium", "hard"])),
                 "audience": draw(st.sampled_from(["everyone", "workers"]))}  # fmt: skip
        feedback = draw(st.one_of(st.just(""), texts))
        about["media"] = draw(_media(body)) if with_media else ()
        made.append(plain(kind=kind, prompt=draw(texts), body=body, feedback=feedback, **about))
    return made


def as_stored(question: PlainQuestion):
    """What would stand in the bank."""
    fitted = fit(question)
    about = (question.code, question.topic, question.difficulty, question.audience)
    return (*about, fitted.kind, fitted.prompt, fitted.body, fitted.feedback, fitted.media, fitted.notes)
