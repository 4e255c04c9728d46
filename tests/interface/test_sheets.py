import io

from openpyxl import load_workbook

from interface.sheets import Sheet, xlsx_response


def test_a_tab_bears_any_caption_that_a_page_has():
    answer = xlsx_response([Sheet("Ai đã có mặt?", [], ["Họ tên"], [["An"]]), Sheet("?*", [], ["A"], [])], "x.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == ["Ai đã có mặt", "1"]
