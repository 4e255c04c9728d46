"""What is Vietnamese under another interface says so, and nothing else."""

import pytest
from django.utils.html import format_html
from django.utils.translation import override

from interface.written import as_written

SPOKEN = [
    ("Kỹ năng số", '<span lang="vi">Kỹ năng số</span>'),
    ("Next: “Kỹ năng số”.", 'Next: “<span lang="vi">Kỹ năng số</span>”.'),
    ("Câu “Có” hay “Không”?", '<span lang="vi">Câu “Có” hay “Không”?</span>'),
    ("Bài kiểm tra · Course completed", '<span lang="vi">Bài kiểm tra</span> · Course completed'),
    ("<b>Đúng</b>", '<span lang="vi">&lt;b&gt;Đúng&lt;/b&gt;</span>'),
    (format_html("<b>{}</b>", "Đúng"), '<span lang="vi"><b>Đúng</b></span>'),
    ("OTP & Wi-Fi", "OTP &amp; Wi-Fi"),
]


@pytest.mark.parametrize(("text", "html"), SPOKEN)
def test_vietnamese_in_an_english_page_says_so(text, html):
    with override("en"):
        assert as_written(text) == html


def test_in_a_vietnamese_page_nothing_needs_saying():
    with override("vi"):
        assert as_written("<Kỹ năng số>") == "&lt;Kỹ năng số&gt;"
