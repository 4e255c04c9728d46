import pytest

from search.language import document_keys, find_number


@pytest.mark.parametrize(
    "typed",
    [
        "677/QĐ-TTg", "QĐ 677", "qd677", "677/qd-ttg", "quyết định số 677", "quyet dinh 677", "Quyết định 677/QĐ-TTg",
        "677", "số 677", "So: 677", "677/QĐ", "677 QĐ-TTg", "677 qd ttg", "677qd-ttg", "QĐ-677", "677-QĐ/TTg", "0677",
        "quyết định 677 của thủ tướng", "toàn văn quyết định số 677/QĐ-TTg ngày 3/5/2017", "677 / QĐ - TTg",
        "quyết định 677 năm 2017", "quyết định 677/2017", "QD 677 TTg", "QUYET DINH SO 677/QD-TTG", "QĐ. 677",
        "QĐ: 677", "TTg 677", "677 TTg", "677/QDTTg", "677.QĐ-TTg", "677_QĐ-TTg", "QĐ/677", "van ban 677",
        "677 qđ-ttg về học tập",
        "quyết định 677 ngày 3/5/2017", "quyết định 677 ngày 03 tháng 5 năm 2017",
    ],
)  # fmt: skip
def test_a_number_is_read_in_any_spelling(typed):
    number = find_number(typed)
    assert number is not None
    assert number.key in document_keys("677/QĐ-TTg", year=2017)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("24/2023/TT-BGDĐT", "thông tư 24"),
        ("24/2023/TT-BGDĐT", "TT 24/2023"),
        ("24/2023/TT-BGDĐT", "thong tu 24/2023/tt-bgddt"),
        ("91/2025/QH15", "luật 91/2025"),
        ("91/2025/QH15", "91/2025/QH15"),
        ("30/2020/NĐ-CP", "Nghị định 30"),
        ("30/2020/NĐ-CP", "nđ 30/2020/nđ-cp"),
        ("11-CT/TW", "chỉ thị 11"),
        ("11-CT/TW", "chỉ thị số 11-CT/TW"),
        ("1234/SGDĐT-GDTX", "công văn 1234"),
        ("1234/SGDĐT-GDTX", "1234/SGDĐT"),
        ("1234/SGDĐT-GDTX", "CV số 1234"),
        ("4742/KH-UBND", "4742/KHUBND"),
        ("05/KH-UBND", "kế hoạch số 5"),
        ("4742/KH-UBND", "kh ubnd 4742"),
    ],
)
def test_parts_left_out_do_not_matter(printed, typed):
    number = find_number(typed)
    assert number is not None
    assert number.key in document_keys(printed)


@pytest.mark.parametrize(
    "typed",
    [
        "kế hoạch 5 năm", "mười chỉ số", "10 chỉ số", "trước ngày 15/12", "công dân học tập 2030", "báo cáo ngày 15/12",
        "covid-19", "học tập", "", "giai đoạn 2021-2030", "100%", "3 bước", "tiếng anh a2", "chương trình 3 bước",
        "kế hoạch 30 ngày", "công nghệ 4.0", "tháng 7/2025",
    ],
)  # fmt: skip
def test_other_figures_are_no_document_numbers(typed):
    assert find_number(typed) is None


def test_another_kind_or_year_or_issuer_is_another_document():
    keys = document_keys("677/QĐ-TTg", year=2017)
    for typed in ("677/KH-UBND", "kế hoạch 677", "677/QĐ-BNV", "quyết định 677 năm 2020", "1677/QĐ-TTg"):
        number = find_number(typed)
        assert number is not None
        assert number.key not in keys
