"""Plain questions as rows of a spreadsheet, and the template to start from."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.formats.question import WHOLE, Choice, PlainQuestion
from assessments.formats.texts import storable
from assessments.formats.xlsx import columns
from assessments.kinds.blanks import Gap
from assessments.kinds.numbers import unambiguous

HOLDS = frozenset(columns.KINDS)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {columns.PROMPT: 60, columns.FEEDBACK: 40, columns.CODE: 24, columns.TOPIC: 22}
_GUIDE = (
    "Mỗi dòng của trang “Câu hỏi” là một câu hỏi. Trang “Ví dụ” có mỗi loại một câu; trang đó không được nhập.",
    "Mã câu hỏi: để trống cũng được. Nhập lại một mã đã có sẽ sửa câu hỏi ấy, không tạo câu mới.",
    "Chủ đề: tên chủ đề trên trang. Để trống thì dùng chủ đề bạn chọn khi nhập.",
    "Độ khó: Dễ, Vừa hoặc Khó. Để trống thì dùng độ khó bạn chọn khi nhập.",
    "Đối tượng: Mọi người, Người dân, Người lao động, Cán bộ hoặc Học sinh. "
    "Để trống thì câu mới dành cho mọi người, câu đã có giữ nguyên.",
    "Loại: Một lựa chọn, Nhiều lựa chọn, Đúng hay sai, Trả lời ngắn, Ghép đôi, Sắp thứ tự, Số, Điền chỗ trống hoặc "
    "Tự luận.",
    "Đáp án đúng: số thứ tự phương án đúng (2, hoặc 1, 3). Câu đúng hay sai thì ghi Đúng hoặc Sai.",
    "Trả lời ngắn: mỗi cột phương án là một cách viết được chấp nhận.",
    "Bắt buộc đúng dấu: ghi Có nếu câu trả lời ngắn thiếu dấu thì không được điểm.",
    "Ghép đôi: vế trái ở cột Phương án, vế phải ở cột Ghép với cùng số.",
    "Sắp thứ tự: viết các phương án theo đúng thứ tự; người học thấy chúng bị xáo trộn.",
    "Số: số đúng ở cột Đáp án đúng (12,5), mức được lệch ở cột Sai số, đơn vị ở cột Đơn vị (kg; ki-lô-gam). Ghi Có ở "
    "cột Phải viết đơn vị nếu người học phải viết cả đơn vị.",
    "Điền chỗ trống: viết [1], [2] vào Đoạn văn có chỗ trống. Phương án 1 là đáp án của [1] (mỗi cách viết một dòng "
    "trong ô); các phương án sai để chọn, nếu có, viết ở cột Ghép với 1, mỗi phương án một dòng.",
    "Tự luận: mỗi cột Phương án là một tiêu chí chấm, cột Ghép với cùng số là số điểm tối đa của tiêu chí ấy.",
    "Giải thích: hiện sau khi nộp bài, nếu bài kiểm tra cho phép.",
)
_EXAMPLES = (
    PlainQuestion(
        "single_choice", "Ai được hỏi mã OTP của bạn?", difficulty="easy", feedback="Mã OTP chỉ dành cho bạn.",
        choices=(Choice("Nhân viên ngân hàng"), Choice("Không ai cả", WHOLE), Choice("Công an qua điện thoại")),
    ),
    PlainQuestion(
        "multiple_choice", "Việc nào giúp giữ an toàn tài khoản?", difficulty="medium",
        choices=(Choice("Đặt mật khẩu dài", WHOLE), Choice("Cho mượn mật khẩu"), Choice("Bật xác thực hai lớp", WHOLE)),
    ),
    PlainQuestion("true_false", "Mạng wifi công cộng luôn an toàn.", difficulty="easy", answer=False),
    PlainQuestion(
        "short_text", "Cổng dịch vụ công quốc gia có địa chỉ nào?",
        choices=(Choice("dichvucong.gov.vn", WHOLE), Choice("https://dichvucong.gov.vn", WHOLE)),
    ),
    PlainQuestion("matching", "Ghép từ với nghĩa.", pairs=(("URL", "Địa chỉ trang web"), ("OTP", "Mã dùng một lần"))),
    PlainQuestion("ordering", "Sắp xếp các bước đăng ký tài khoản.", items=("Mở trang", "Điền thông tin", "Xác nhận")),
    PlainQuestion("numeric", "Một thế kỷ có bao nhiêu năm?", number="100", tolerance="0", units=("năm",)),
    PlainQuestion(
        "blanks", "Điền vào chỗ trống.", passage="Thủ đô của Việt Nam là [1]. Quốc khánh là ngày [2].",
        gaps=(Gap(("Hà Nội",)), Gap(("2/9",), ("30/4", "19/8"))),
    ),
    PlainQuestion(
        "written", "Bạn học được gì từ khóa học này?", criteria=(("Nêu ít nhất hai điều", 2), ("Có ví dụ", 1)),
        guide="Hai điều bất kỳ trong bài, kèm một ví dụ của chính người học.",
    ),
)  # fmt: skip


_CHOICES = (
    (columns.KIND, columns.KINDS),
    (columns.DIFFICULTY, columns.DIFFICULTIES),
    (columns.AUDIENCE, columns.AUDIENCES),
)


def write(questions: Iterable[PlainQuestion]) -> bytes:
    """Of kinds in HOLDS."""
    workbook = Workbook(write_only=True)
    _fill(workbook.create_sheet(columns.SHEET), questions)
    return _saved(workbook)


def template() -> bytes:
    """An empty sheet with headings and choices, examples of each kind, and how to fill it in."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(columns.SHEET)
    _fill(sheet, ())
    for heading, words in _CHOICES:
        choices = DataValidation("list", formula1=f'"{",".join(words.values())}"', allow_blank=True)
        letter = get_column_letter(columns.HEADINGS.index(heading) + 1)
        choices.add(f"{letter}2:{letter}1000")
        sheet.data_validations.append(choices)
    _fill(workbook.create_sheet("Ví dụ"), _EXAMPLES)
    guide = workbook.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 110
    for line in _GUIDE:
        guide.append([_cell(guide, line)])
    return _saved(workbook)


def _fill(sheet: Any, questions: Iterable[PlainQuestion]) -> None:
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(columns.HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(heading, 18)
    headings = [_cell(sheet, heading) for heading in columns.HEADINGS]
    for cell in headings:
        cell.font = Font(bold=True)
    sheet.append(headings)
    for question in questions:
        row = _row(question)
        sheet.append([_cell(sheet, row.get(heading, "")) for heading in columns.HEADINGS])


def _row(question: PlainQuestion) -> dict[str, str]:
    row = {
        columns.CODE: question.code,
        columns.TOPIC: question.topic,
        columns.DIFFICULTY: columns.DIFFICULTIES.get(question.difficulty, ""),
        columns.AUDIENCE: columns.AUDIENCES.get(question.audience, ""),
        columns.KIND: columns.KINDS[question.kind],
        columns.PROMPT: question.prompt,
        columns.FEEDBACK: question.feedback,
        columns.EXACT: "" if question.is_tolerant else columns.YES,
    }
    couples = _couples(question)
    row |= dict(zip(columns.PARTS, [first for first, _second in couples], strict=False))
    row |= dict(zip(columns.PARTNERS, [second for _first, second in couples], strict=False))
    return row | _more(question)


def _couples(question: PlainQuestion) -> list[tuple[str, str]]:
    """What stands in the numbered columns: options, lines, pairs, blanks or criteria."""
    return [
        *((choice.text, "") for choice in question.choices),
        *((item, "") for item in question.items),
        *question.pairs,
        *(("\n".join(gap.right), "\n".join(gap.wrong)) for gap in question.gaps),
        *((text, str(points)) for text, points in question.criteria),
    ]


def _more(question: PlainQuestion) -> dict[str, str]:
    """What single kinds have beside them."""
    if question.kind == "true_false":
        return {columns.KEY: columns.TRUE if question.answer else columns.FALSE}
    if question.kind in ("single_choice", "multiple_choice"):
        right = (str(number) for number, choice in enumerate(question.choices, start=1) if choice.is_right)
        return {columns.KEY: ", ".join(right)}
    if question.kind == "numeric":
        asked = {columns.UNIT_ASKED: columns.YES} if question.is_unit_asked else {}
        numbers = {columns.KEY: unambiguous(question.number), columns.TOLERANCE: unambiguous(question.tolerance)}
        return {**asked, **numbers, columns.UNITS: "; ".join(question.units)}
    return {columns.PASSAGE: question.passage, columns.GUIDE: question.guide}


def _cell(sheet: Any, text: str) -> Any:
    """Text whatever it begins with: nothing that a question holds is a formula."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, storable(text))
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    return cell


def _saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
