"""People of a made-up province, of whom 1.5 % were put on record twice, with the slips of who writes down a name.

Family names by Lê Trung Hoa, "Họ và tên người Việt Nam" (2005): Nguyễn 38.4 %, Trần 12.1 %, and so on. Given and
middle names are ours: which are borne by women and men of which decades, falling as Zipf's law has it.
"""

import datetime
import random
from dataclasses import dataclass

FAMILIES = {
    "Nguyễn": 38.4, "Trần": 12.1, "Lê": 9.5, "Phạm": 7.0, "Huỳnh": 3.2, "Hoàng": 1.9, "Phan": 4.5, "Võ": 2.4,
    "Vũ": 1.5, "Đặng": 2.1, "Bùi": 2.0, "Đỗ": 1.4, "Hồ": 1.3, "Ngô": 1.3, "Dương": 1.0, "Lý": 0.5, "Đinh": 0.9,
    "Trương": 1.2, "Đoàn": 0.8, "Mai": 0.6, "Lương": 0.5, "Trịnh": 0.6, "Cao": 0.5, "Tạ": 0.3, "Thái": 0.4,
    "Châu": 0.3, "Phùng": 0.3, "Tô": 0.2, "Hà": 0.4, "Lâm": 0.4, "Văn": 0.2, "Kiều": 0.2, "Ông": 0.1, "Mạc": 0.1,
}  # fmt: skip
OLD_WOMEN = "Hoa Lan Hồng Cúc Mai Liên Nga Thu Tâm Xuân Bích Loan Phượng Hương Sen Đào Lý Yến Bảy Năm Lành Gái Hạnh"
YOUNG_WOMEN = (
    "Anh Linh Trang Thảo Vy Ngọc Hà Ngân Phương My Hân Trâm Nhi Uyên Quỳnh Thư Trinh Giang Hiền Nhung Ly Chi Dung Sương"
)
OLD_MEN = "Hùng Dũng Minh Sơn Thanh Hải Bình Tâm Lợi Phước Thành Trung Xuân Sáu Ba Tư Chín Đức Hòa Quang Long Thắng"
YOUNG_MEN = "Huy Khang Bảo Phúc Anh Nam Khoa Đạt Hiếu Tuấn Kiệt Quân Nghĩa Tiến Trí Duy Lâm Phát Vinh Nhật Thịnh Sang"
MIDDLES = {
    "f": "Thị Thị Thị Thị Thị Ngọc Thanh Thu Kim Mỹ Minh Phương Bích Hoàng Diệu Như Quỳnh Khánh",
    "m": "Văn Văn Văn Văn Văn Hữu Đức Minh Quốc Đình Xuân Công Ngọc Thanh Hoàng Anh Gia Duy",
}
SECOND_MIDDLES = "Ngọc Thị Hoài Hoàng Minh Bảo Phúc Thanh"
SLIPS = [
    ("Tr", "Ch"), ("Ch", "Tr"), ("S", "X"), ("X", "S"), ("L", "N"), ("N", "L"), ("Gi", "D"), ("D", "Gi"), ("y", "i"),
    ("Ph", "Pt"), ("ng", "n"), ("nh", "n"), ("ương", "ươn"), ("h", ""), ("oa", "ao"),
]  # fmt: skip
COMMUNES, DOUBLED, LAST_DAY = 94, 0.015, datetime.date(2020, 12, 31)


@dataclass
class Entry:
    """A record as an officer would type it; ``person`` says whose it truly is."""

    person: int
    name: str
    born: datetime.date
    commune: int
    phone: str
    email: str = ""
    address: str = ""


def crowd(size: int, seed: int = 7) -> list[Entry]:
    """So many records, in the order in which they came."""
    chance = random.Random(seed)
    people = [_person(number, chance) for number in range(round(size / (1 + DOUBLED)))]
    doubled = chance.sample(people, size - len(people))
    again = [_again(entry, chance) for entry in doubled]
    reached = random.Random(seed + 1)  # of its own, so that all else stays as it was measured before
    for entry in people:
        _reach(entry, reached)
    for entry, first in zip(again, doubled, strict=True):
        _reach_again(entry, first, reached)
    entries = people + again
    chance.shuffle(entries)
    return entries


def true_pairs(entries: list[Entry]) -> set[frozenset[int]]:
    """By the places of the entries."""
    places: dict[int, list[int]] = {}
    for place, entry in enumerate(entries):
        places.setdefault(entry.person, []).append(place)
    return {frozenset(pair) for pair in places.values() if len(pair) == 2}


def _person(number: int, chance: random.Random) -> Entry:
    born = LAST_DAY - datetime.timedelta(days=int(365.25 * 78 * chance.betavariate(1.2, 1.6)))
    sex, is_old = chance.choice("fm"), born.year < 1985
    family = chance.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    is_of_its_time = chance.random() < 0.8
    ages = {"f": (YOUNG_WOMEN, OLD_WOMEN), "m": (YOUNG_MEN, OLD_MEN)}[sex]
    given = _zipf(ages[is_old == is_of_its_time].split(), chance)
    middle = [] if chance.random() < 0.04 else [chance.choice(MIDDLES[sex].split())]
    if middle and not is_old and chance.random() < 0.35:
        middle.append(chance.choice(SECOND_MIDDLES.split()))
    day = born.replace(month=1, day=1) if is_old and chance.random() < 0.05 else born
    commune = int(COMMUNES * chance.random() ** 1.4)
    # Two people of three have a telephone; a third of these use that of somebody in the household.
    phone = "" if chance.random() > 0.66 else f"09{number // 3 if chance.random() < 0.33 else 10**7 + number:08}"
    return Entry(number, " ".join([family, *middle, given]), day, commune, phone)


def _again(entry: Entry, chance: random.Random) -> Entry:
    born, commune, phone = entry.born, entry.commune, entry.phone
    if chance.random() < 0.05:
        born = _slipped_date(born, chance)
    if chance.random() < 0.15:
        commune = chance.randrange(COMMUNES)
    if chance.random() < 0.5:
        phone = "" if chance.random() < 0.6 else f"08{chance.randrange(10**8):08}"
    return Entry(entry.person, _slipped(entry.name, chance), born, commune, phone)


def _reach(entry: Entry, chance: random.Random) -> None:
    """One in four has a mailbox, of whom every fifth uses that of somebody in the household; two in three told where
    they live, four in a house, and every third lives in a hamlet without numbers."""
    if chance.random() < 0.25:
        entry.email = f"h{entry.person // 3}@a.vn" if chance.random() < 0.2 else f"p{entry.person}@a.vn"
    if chance.random() < 0.66:
        house = entry.person // 4
        entry.address = f"thôn {house % 9 + 1}" if chance.random() < 0.33 else f"{house % 300 + 1} Lê Lợi {house % 7}"


def _reach_again(entry: Entry, first: Entry, chance: random.Random) -> None:
    """Half give what they gave before, the others nothing or something else."""
    if chance.random() < 0.5:
        entry.email = first.email
    elif chance.random() < 0.3:
        entry.email = f"q{entry.person}@a.vn"
    if entry.commune == first.commune and chance.random() < 0.6:
        entry.address = first.address.replace("Lê Lợi", "đường Lê Lợi") if chance.random() < 0.5 else first.address
    elif chance.random() < 0.5:
        _reach(entry, chance)


def _slipped(name: str, chance: random.Random) -> str:
    words, kind = name.split(), chance.random()
    if kind < 0.6:
        return name
    if kind < 0.72 and len(words) > 2:
        return " ".join([words[0], *words[2:]])
    if kind < 0.77:
        return " ".join([words[-1], *words[:-1]])
    if kind < 0.96:
        slips = [(wrong, right) for right, wrong in SLIPS if right in name]
        wrong, right = chance.choice(slips) if slips else ("", name[-1])
        return name.replace(right, wrong, 1)
    return " ".join([words[0], chance.choice(SECOND_MIDDLES.split()), words[-1]])


def _slipped_date(born: datetime.date, chance: random.Random) -> datetime.date:
    kind = chance.random()
    if kind < 0.3 and born.day <= 12:
        return born.replace(day=born.month, month=born.day)
    if kind < 0.7:
        return born + datetime.timedelta(days=chance.choice((-10, -1, 1, 10)))
    return born.replace(day=min(born.day, 28), year=born.year + chance.choice((-10, -1, 1, 10)))


def _zipf(names: list[str], chance: random.Random) -> str:
    return chance.choices(names, [1 / (rank + 2) for rank in range(len(names))])[0]
