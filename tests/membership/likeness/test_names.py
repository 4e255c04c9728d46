import pytest

from interface.vietnamese import fold
from membership.likeness.names import Agreement, agreement, sounds


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nguyễn Văn Đạt", "NGUYEN VAN DAT", Agreement.SAME),
        ("Trần Thị Lý", "Chần Thị Lí", Agreement.SOUND),
        ("Lê Xuân Giang", "Nê Suân Dang", Agreement.SOUND),
        ("Phạm Minh Quân", "Minh Quân Phạm", Agreement.SWAPPED),
        ("Nguyễn Thị Ngọc Lan", "Nguyễn Lan", Agreement.MIDDLE),
        ("Nguyễn Văn An", "Nguyễn V. An", Agreement.MIDDLE),
        ("Đặng Văn Hùng", "Đặng Văn Hùn", Agreement.LETTER),
        ("Đặng Văn Hoa", "Đặng Văn Hao", Agreement.LETTER),
        ("Bùi Thị Mai", "Bùi Ngọc Mai", Agreement.LOOSE),
        ("Bùi Thị Mai", "Hồ Văn Long", Agreement.NONE),
        ("Mai", "Hoa", Agreement.NONE),
    ],
)
def test_how_far_two_names_agree(one, other, expected):
    words = [tuple(fold(name).replace(".", " ").split()) for name in (one, other)]
    heard = [sounds(some) for some in words]
    assert agreement(*words, *heard) == agreement(*words[::-1], *heard[::-1]) == expected
