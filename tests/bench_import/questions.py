"""A GIFT file as trainers have them: every kind that the format knows, topics, explanations, codes."""

from collections.abc import Iterator

_KINDS = (
    "Câu {n}: việc nào giữ an toàn tài khoản? {{=Đặt mật khẩu dài ~Cho mượn mật khẩu ~Ghi ra giấy ####Xem bài {n}.}}",
    "Câu {n}: những việc nào nên làm? {{~%50%Sao lưu ~%50%Cập nhật ~%-50%Tắt khóa màn hình}}",
    "Câu {n}: mạng không dây công cộng luôn an toàn. {{FALSE####Không phải lúc nào cũng an toàn.}}",
    "Câu {n}: tên thành phố bên sông Hàn? {{=Đà Nẵng =TP Đà Nẵng}}",
    "Câu {n}: ghép từ với nghĩa. {{=URL -> Địa chỉ =OTP -> Mã dùng một lần =QR -> Mã vạch vuông}}",
    "Câu {n}: sắp xếp các bước. {{>ALL\nMở trang\nĐiền thông tin\nXác nhận\n}}",
    "Câu {n}: một thế kỷ có bao nhiêu năm? {{#100:0}}",
    "Câu {n}: bạn học được gì? {{####Nêu ít nhất hai điều.}}",
)


def gift(size: int) -> bytes:
    return "\n\n".join(["$CATEGORY: top/ky-nang-so", *_questions(size)]).encode()


def _questions(size: int) -> Iterator[str]:
    for number in range(size):
        text = _KINDS[number % len(_KINDS)].format(n=number)
        yield f"// [id:bench-{number}] [tag:difficulty-easy]\n::Câu {number}::{text}"
