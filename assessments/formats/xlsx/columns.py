"""The words of the spreadsheet. They are the format, so they are Vietnamese whatever the language of the page."""

from interface.vietnamese import fold

MOST_PARTS = 12
SHEET = "Câu hỏi"
CODE, TOPIC, DIFFICULTY, KIND, PROMPT, KEY, EXACT, FEEDBACK = (
    "Mã câu hỏi",
    "Chủ đề",
    "Độ khó",
    "Loại",
    "Câu hỏi",
    "Đáp án đúng",
    "Bắt buộc đúng dấu",
    "Giải thích",
)
AUDIENCE, PASSAGE, TOLERANCE, UNITS, UNIT_ASKED, GUIDE = (
    "Đối tượng",
    "Đoạn văn có chỗ trống",
    "Sai số",
    "Đơn vị",
    "Phải viết đơn vị",
    "Gợi ý chấm",
)
PARTS = [f"Phương án {number}" for number in range(1, MOST_PARTS + 1)]
PARTNERS = [f"Ghép với {number}" for number in range(1, MOST_PARTS + 1)]
ABOUT = [CODE, TOPIC, DIFFICULTY, AUDIENCE, KIND, PROMPT, KEY, EXACT, FEEDBACK]
HEADINGS = [*ABOUT, *PARTS, *PARTNERS, PASSAGE, TOLERANCE, UNITS, UNIT_ASKED, GUIDE]

KINDS = {
    "single_choice": "Một lựa chọn",
    "multiple_choice": "Nhiều lựa chọn",
    "true_false": "Đúng hay sai",
    "short_text": "Trả lời ngắn",
    "matching": "Ghép đôi",
    "ordering": "Sắp thứ tự",
    "numeric": "Số",
    "blanks": "Điền chỗ trống",
    "written": "Tự luận",
}
AUDIENCES = {
    "everyone": "Mọi người",
    "residents": "Người dân",
    "workers": "Người lao động",
    "officials": "Cán bộ",
    "students": "Học sinh",
}
DIFFICULTIES = {"easy": "Dễ", "medium": "Vừa", "hard": "Khó"}
TRUE, FALSE, YES = "Đúng", "Sai", "Có"


def by_folded(words: dict[str, str]) -> dict[str, str]:
    return {fold(word): key for key, word in words.items()}
