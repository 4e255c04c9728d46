import io

import pytest
from pypdf import PdfReader

from papers.files import pdf_of
from papers.paper import Block, Paper

_MOTTO = 171  # pt: “Độc lập - Tự do - Hạnh phúc” in 14 pt bold


def test_lines_are_as_long_as_the_decree_says():
    """NĐ 30/2020, annex I: under the motto of its length, else of a third to a half of the line above."""
    short, long = _rules("Về việc công nhận"), _rules("Về việc công nhận danh hiệu Công dân học tập năm 2026")

    assert short[1] == pytest.approx(_MOTTO, abs=1)
    assert short[0] == long[0]
    assert short[2] < long[2] / 2


def _rules(summary: str) -> list[float]:
    """Their lengths: under the body, the motto and the summary."""
    page = PdfReader(io.BytesIO(pdf_of(Paper("UBND", "Quyết định", summary, [Block("Nội dung.")])))).pages[0]
    return [float(operands[0]) for operands, sign in page.get_contents().operations if sign == b"l"]
