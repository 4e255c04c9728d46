"""What the province files and sends about personal data, as official papers. Papers are in Vietnamese."""

import datetime

from django.utils.translation import override

from interface.owner import owner
from papers.paper import Block, Paper, Table, in_words
from privacy.inventory import lines

_LANGUAGE = "vi"


def annex_of_processing(day: datetime.date) -> Paper:
    """Phụ lục to the impact assessment: each processing with data, purpose, legal basis and retention."""
    with override(_LANGUAGE):
        rows = [
            [str(number), line.told, str(line.processing.purpose), line.basis, str(line.processing.retention)]
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
