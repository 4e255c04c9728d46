"""The words of the spreadsheet. They are the format, so they are Vietnamese whatever the language of the page."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from string import ascii_uppercase

from interface.vietnamese import fold

MOST_PARTS = 12
SHEET = "Câu hỏi"
CODE, TOPIC, DIFFICULTY, KIND, PROMPT = "Mã câu hỏi", "Chủ đề", "Độ khó", "Loại", "Câu hỏi"
KEY, EXACT, FEEDBACK, AUDIENCE = "Đáp án đúng", "Bắt buộc đúng dấu", "Giải thích", "Đối tượng"
PASSAGE, TOLERANCE, UNITS = "Đoạn văn có chỗ trống", "Sai số", "Đơn vị"
UNIT_ASKED, GUIDE, CASE = "Phải viết đơn vị", "Gợi ý chấm", "Phân biệt chữ hoa"
PARTS = [f"Phương án {number}" for number in range(1, MOST_PARTS + 1)]
PARTNERS = [f"Ghép với {number}" for number in range(1, MOST_PARTS + 1)]
ABOUT = [CODE, TOPIC, DIFFICULTY, AUDIENCE, KIND, PROMPT, KEY, EXACT, FEEDBACK]
HEADINGS = [*ABOUT, *PARTS, *PARTNERS, PASSAGE, TOLERANCE, UNITS, UNIT_ASKED, GUIDE, CASE]

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
KINDS: dict[str, str] = WORDS["kinds"]
AUDIENCES: dict[str, str] = WORDS["audiences"]
DIFFICULTIES: dict[str, str] = WORDS["difficulties"]
TRUE, FALSE, YES = "Đúng", "Sai", "Có"
# What teachers call how hard a question is.
LEVELS = {
    "Nhận biết": "easy",
    "Thông hiểu": "medium",
    "Trung bình": "medium",
    "Vận dụng": "hard",
    "Vận dụng cao": "hard",
}


def spellings() -> dict[str, str]:
    """Every folded heading that is known, with the one that it stands for."""
    known = {heading: [heading] for heading in HEADINGS}
    for heading, others in WORDS["headings"].items():
        if heading != "options":
            known[heading] += others
    for letter, heading in zip(ascii_uppercase, PARTS, strict=False):
        known[heading] += [f"{start} {letter}" for start in WORDS["headings"]["options"]]
    return {spelling: heading for heading, words in known.items() for spelling in spellings_of(words)}


def spellings_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(f"{word}{mark}") for word in words for mark in ("", ".", ":", ")", " *", "*"))


def by_folded(words: dict[str, str]) -> dict[str, str]:
    return {fold(word): key for key, word in words.items()}
