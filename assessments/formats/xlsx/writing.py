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

HOLDS = frozenset(columns.KINDS)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {columns.PROMPT: 60, columns.FEEDBACK: 40, columns.CODE: 24, columns.TOPIC: 22}
_GUIDE = (
    "Mỗi dòng của trang “Câu hỏi” là một câu hỏi. Trang “Ví dụ” có mỗi loại một câu; trang đó không được nhập.",
    "Mã câu hỏi: để trống cũng được. Nhập lại một mã đã có sẽ sửa câu hỏi ấy, không tạo câu mới.",
    "Chủ đề: tên chủ đề trên trang. Để trống thì dùng chủ đề bạn chọn khi nhập.",
    "Độ khó: Dễ, Vừa hoặc Khó. Để trống thì dùng độ khó bạn chọn khi nhập.",
    "Loại: Một lựa chọn, Nhiều lựa chọn, Đúng hay sai, Trả lời ngắn, Ghép đôi hoặc Sắp thứ tự.",
    "Đáp án đúng: số thứ tự phương án đúng (2, hoặc 1, 3). Câu đúng hay sai thì ghi Đúng hoặc Sai.",
    "Trả lời ngắn: mỗi cột phương án là một cách viết được chấp nhận.",
    "Bắt buộc đúng dấu: ghi Có nếu câu trả lời ngắn thiếu dấu thì không được điểm.",
    "Ghép đôi: vế trái ở cột Phương án, vế phải ở cột Ghép với cùng số.",
    "Sắp thứ tự: viết các phương án theo đúng thứ tự; người học thấy chúng bị xáo trộn.",
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
)  # fmt: skip


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
    for heading, words in ((columns.KIND, columns.KINDS), (columns.DIFFICULTY, columns.DIFFICULTIES)):
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
        columns.KIND: columns.KINDS[question.kind],
        columns.PROMPT: question.prompt,
        columns.FEEDBACK: question.feedback,
        columns.EXACT: "" if question.is_tolerant else columns.YES,
    }
    if question.kind == "true_false":
        row[columns.KEY] = columns.TRUE if question.answer else columns.FALSE
    elif question.kind in ("single_choice", "multiple_choice"):
        row[columns.KEY] = ", ".join(str(n) for n, choice in enumerate(question.choices, start=1) if choice.is_right)
    parts = [choice.text for choice in question.choices] or [left for left, _right in question.pairs]
    row |= dict(zip(columns.PARTS, parts or question.items, strict=False))
    return row | dict(zip(columns.PARTNERS, [right for _left, right in question.pairs], strict=False))


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
