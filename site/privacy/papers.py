"""What the province files and sends about personal data, as official papers. Papers are in Vietnamese."""

import datetime

from django.utils import timezone
from django.utils.translation import override

from interface.owner import owner
from membership.choosing import labels_of
from papers.paper import DOTS, Block, Paper, Signature, Table, in_words, people
from privacy.inventory import lines
from privacy.models import Breach, Told

_LANGUAGE = "vi"


def annex_of_processing(day: datetime.date) -> Paper:
    """Phụ lục to the impact assessment: each processing with data, purpose, legal basis and retention."""
    with override(_LANGUAGE):
        rows = [
            [str(number), line.told, str(line.processing.purpose), line.basis, line.retention]
            for number, line in enumerate(lines(), 1)
        ]
    return Paper(
        body=owner().name,
        kind="Phụ lục",
        summary="Danh mục hoạt động xử lý dữ liệu cá nhân",
        attached_to="(Kèm theo hồ sơ đánh giá tác động xử lý dữ liệu cá nhân)",
        blocks=[
            Block(owner().name, lead="Bên kiểm soát dữ liệu:"),
            Block(f"Danh mục lấy từ cấu trúc dữ liệu của hệ thống {in_words(day)}."),
        ],
        table=Table(
            ["TT", "Hoạt động và dữ liệu", "Mục đích", "Căn cứ", "Thời hạn lưu giữ"],
            rows,
            wide=(1, 2, 3, 4),
            centred=(0,),
        ),
    )


def notice_to_authority(breach: Breach, day: datetime.date) -> Paper:
    """Thông báo of a breach, as the law has it told: what happened and when, whose and which data, what may come of it,
    what is done, whom to ask. What is not known yet has room to be written in."""
    return Paper(
        body=owner().name,
        symbol=f"Số: {' ' * 8}/TB-HKH",
        dated=f"{DOTS}, {in_words(day)}",
        kind="Thông báo",
        summary="Vi phạm quy định về bảo vệ dữ liệu cá nhân",
        addressee=f"Kính gửi: Cơ quan chuyên trách bảo vệ dữ liệu cá nhân {DOTS}",
        blocks=[
            Block(f"{owner().name} ({owner().contact}) thông báo như sau:"),
            Block(_moment(breach.noticed_at), lead="1. Thời điểm phát hiện:"),
            Block(breach.happened, lead="2. Sự việc:"),
            Block(breach.affected, lead="3. Loại dữ liệu bị ảnh hưởng:"),
            Block(_concerned(breach), lead="4. Số người và đơn vị liên quan:"),
            Block(breach.consequences or DOTS, lead="5. Hậu quả có thể xảy ra:"),
            Block(breach.measures or DOTS, lead="6. Biện pháp đã và sẽ thực hiện:"),
            Block(_told_people(breach), lead="7. Thông báo cho người liên quan:"),
            *_lateness(breach),
            Block(f"{owner().contact or DOTS}./.", lead="Đầu mối liên hệ:"),
        ],
        signatures=[Signature(["Thủ trưởng đơn vị"], note="(Ký, ghi rõ họ tên, đóng dấu)")],
        recipients=["Như trên;", f"Lưu: VT, hồ sơ {breach.number}."],
    )


def notice_to_people(breach: Breach) -> str:
    """The same for those whom it concerns, as plain text to be sent, read out or put up."""
    told = [
        "THÔNG BÁO VỀ DỮ LIỆU CÁ NHÂN CỦA ÔNG/BÀ",
        f"{owner().name} xin thông báo: {_moment(breach.noticed_at)}, chúng tôi phát hiện sự việc sau.",
        breach.happened,
        f"Dữ liệu bị ảnh hưởng: {breach.affected}",
        *([f"Điều có thể xảy ra: {breach.consequences}"] if breach.consequences else []),
        *([f"Chúng tôi đã và sẽ làm: {breach.measures}"] if breach.measures else []),
        "Ông/bà có quyền hỏi dữ liệu nào của mình bị ảnh hưởng, yêu cầu sửa, hạn chế hoặc xóa. "
        f"Xin liên hệ: {owner().contact or DOTS}.",
    ]
    return "\n\n".join(told) + "\n"


def _moment(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.hour} giờ {local.minute:02d}, {in_words(local.date())}"


def _concerned(breach: Breach) -> str:
    count = f"{DOTS} người" if breach.people is None else people(breach.people)
    units = "; ".join(labels_of(list(breach.units.order_by("path"))).values())
    return f"{count}; {units}." if units else f"{count}."


def _told_people(breach: Breach) -> str:
    notices = [notice for notice in breach.notices.all() if notice.told == Told.PEOPLE]
    return "; ".join(f"{_moment(notice.told_at)}: {notice.words}" for notice in notices) or "chưa thông báo."


def _lateness(breach: Breach) -> list[Block]:
    """Who tells later than the law has it says why."""
    told = [notice.told_at for notice in breach.notices.all() if notice.told == Told.AUTHORITY]
    is_late = min(told, default=timezone.now()) > breach.due_at
    return [Block(DOTS, lead="8. Lý do thông báo sau thời hạn:")] if is_late else []
