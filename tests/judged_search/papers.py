"""A believable library of public-sector and learning documents, the same for the same seed."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.judged_search.subjects import AUDIENCES, FORMS, ISSUERS, KINDS, PLACES, Subject


@dataclass(frozen=True)
class Paper:
    """One document, with what it is truly about beside what it says."""

    key: str
    title: str
    summary: str
    body: str
    type: str
    subject: Subject
    aspect: str
    audience: str
    place: str
    issuing_body: str
    number: str
    date: datetime.date
    minutes: int


def papers(subjects: Sequence[Subject], count: int = 2_000, seed: int = 6) -> list[Paper]:
    chance = random.Random(seed)
    numbers = chance.sample(range(100, 9_999), count)
    return [_paper(chance, subjects, place, numbers[place]) for place in range(count)]


def _paper(chance: random.Random, subjects: Sequence[Subject], place: int, number: int) -> Paper:
    subject = chance.choice(subjects)
    aspect = chance.choice(("", *subject.aspects))
    audience = chance.choice(("", "", *AUDIENCES))
    where = chance.choice(PLACES)
    date = datetime.date(chance.randint(2019, 2026), chance.randint(1, 12), chance.randint(1, 28))
    is_official = chance.random() < 0.5
    name = chance.choice(subject.names)
    reader = chance.choice(AUDIENCES[audience]) if audience else ""
    writer = _official if is_official else _lesson
    title, summary, issuer, printed, kind = writer(chance, name, aspect, reader, where, date, number)
    return Paper(
        key=f"paper:{place}",
        title=title,
        summary=summary,
        body=_body(chance, subjects, subject, aspect, reader, where, date),
        type=kind,
        subject=subject,
        aspect=aspect,
        audience=audience,
        place=where if is_official else "",
        issuing_body=issuer,
        number=printed,
        date=date,
        minutes=chance.choice((2, 5, 8, 12, 20, 35, 70)),
    )


Written = tuple[str, str, str, str, str]


def _official(
    chance: random.Random, name: str, aspect: str, reader: str, where: str, date: datetime.date, number: int
) -> Written:
    kind = chance.choice(list(KINDS))
    sign = chance.choice(list(ISSUERS))
    issuer = f"{ISSUERS[sign]} xã {where}" if sign != "SGDĐT" else "Sở Giáo dục và Đào tạo thành phố Đà Nẵng"
    verb = chance.choice(("triển khai", "đẩy mạnh", "tăng cường", "tổ chức thực hiện"))
    about = f"{name} ({aspect})" if aspect else name
    whom = f" cho {reader}" if reader else ""
    title = f"{kind} {verb} {about}{whom} năm {date.year} tại xã {where}"
    summary = f"{issuer} ban hành nhằm {verb} {name}{whom}; nêu mục tiêu, phân công và thời hạn."
    return title, summary, issuer, f"{number}/{KINDS[kind]}-{sign}", "legal_document"


def _lesson(
    chance: random.Random, name: str, aspect: str, reader: str, where: str, date: datetime.date, number: int
) -> Written:
    form = chance.choice(FORMS)
    about = f"{name}: {aspect}" if aspect else name
    whom = f" dành cho {reader}" if reader else ""
    opening = chance.choice(("Viết ngắn, dễ hiểu", "Có ví dụ từng bước", "Kèm câu hỏi tự kiểm tra"))
    return f"{form} {about}{whom}", f"{opening}. Đọc xong bạn làm được việc đầu tiên về {name}.", "", "", "handbook"


def _body(
    chance: random.Random, subjects: Sequence[Subject], subject: Subject, aspect: str, reader: str, where: str,
    date: datetime.date,
) -> str:  # fmt: skip
    """Some eighty to two hundred words: mostly of the subject, with asides on others, as real papers have."""
    name = subject.names[0]
    readers = reader or "mọi người"
    own = [
        f"Nội dung chính là {name}.",
        f"Các thôn, tổ dân phố phổ biến về {subject.words}.",
        f"Đối với {readers}, việc học bắt đầu từ những điều gần gũi nhất.",
        f"Phần này nói về {aspect or subject.aspects[0]}: làm từng bước, ghi lại kết quả, rút kinh nghiệm.",
        f"Đến cuối năm {date.year}, xã {where} tổng kết và biểu dương.",
        f"Ai cần hỏi thêm về {name} thì gặp ban khuyến học hoặc chi hội trưởng.",
        "Tài liệu được soạn ngắn gọn để in ra giấy và đọc trên điện thoại.",
        "Người phụ trách ghi tên, ngày và việc đã làm vào sổ theo dõi.",
    ]
    others = chance.sample([one for one in subjects if one is not subject], 3)
    asides = [
        f"Công tác này lồng ghép với {others[0].names[0]} và {others[1].names[0]}.",
        f"Một số nơi kết hợp với lớp về {others[2].aspects[0]}.",
    ]
    sentences = chance.sample(own, chance.randint(5, 8)) + chance.sample(asides, chance.randint(0, 2))
    chance.shuffle(sentences)
    return " ".join(sentences)
