"""Papers as .docx, for offices that go on writing in them: the same parts in the same places as the PDF."""

import io
from collections.abc import Sequence

from django.utils import timezone
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from papers.paper import Block, Paper, Signature, Table, printable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LANGUAGE = "vi-VN"
_FONT = "Times New Roman"
_WIDTH = 160  # mm between the margins
_LONGEST_PROPERTY = 255
# Parts of the library's blank document that say where it was made, and in which language; no program asks for them.
_OF_THE_LIBRARY = {"stylesWithEffects", "thumbnail", "extended-properties"}
_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def docx_of(paper: Paper) -> bytes:
    document, paper = Document(), printable(paper)
    _set_up(document, paper)
    if not paper.attached_to:
        _head(document, paper)
    _heading(document, paper)
    for block in paper.blocks:
        _block(document, block)
    if paper.table:
        _table(document, paper.table)
    for block in paper.closing:
        _block(document, block)
    if paper.signatures:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        _signatures(document, paper)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: DocumentObject, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin, section.header_distance = Mm(30), Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    _describe(document, paper)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(14), name != "Normal"
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{which}"), None)
        for which in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{which}"), _FONT)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _describe(document: DocumentObject, paper: Paper) -> None:
    """Its own properties and language, in place of those of the library's blank document."""
    told = document.core_properties
    told.title, told.author = paper.title[:_LONGEST_PROPERTY], paper.body[:_LONGEST_PROPERTY]
    told.last_modified_by = told.author
    told.language, told.comments, told.created, told.modified = _LANGUAGE, "", timezone.now(), timezone.now()
    for told_in, name in ((document.styles, "lang"), (document.settings, "themeFontLang")):
        for language in told_in.element.iter(qn(f"w:{name}")):
            for which in ("val", "eastAsia"):
                language.set(qn(f"w:{which}"), _LANGUAGE)
    for parts in (document.part.rels, document.part.package.rels):
        for key in [key for key, part in parts.items() if part.reltype.rpartition("/")[2] in _OF_THE_LIBRARY]:
            del parts[key]


def _page_number(paragraph: Paragraph) -> None:
    """A field that the office program fills; the first page has another header, which stays empty."""
    paragraph.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _head(document: DocumentObject, paper: Paper) -> None:
    left, right = _columns(document, 62, 98)
    if paper.above:
        _line(left, paper.above.upper(), size=12)
    _line(left, paper.head.upper(), size=12, bold=True)
    _rule(left, 21)
    if paper.symbol:
        _line(left, paper.symbol, size=13)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", bold=True)
    _rule(right, 17)
    if paper.dated:
        _line(right, paper.dated, italic=True)
    document.add_paragraph()


def _heading(document: DocumentObject, paper: Paper) -> None:
    title = document.add_paragraph(paper.kind.upper(), style="Heading 1")
    title.alignment = _CENTRE
    for text, bold, italic in ((paper.summary, True, False), (paper.attached_to, False, True)):
        if text:
            _write(document.add_paragraph(), text, bold=bold, italic=italic).alignment = _CENTRE
    _ruled(document.add_paragraph(), 55)
    for text, bold in ((paper.addressee, False), (paper.authority.upper(), True)):
        if text:
            paragraph = _write(document.add_paragraph(), text, bold=bold)
            paragraph.alignment, paragraph.paragraph_format.space_after = _CENTRE, Pt(6)


def _block(document: DocumentObject, block: Block) -> None:
    if block.is_heading:
        paragraph = document.add_paragraph(block.text, style="Heading 2")
        paragraph.alignment = _CENTRE
    else:
        paragraph = document.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.first_line_indent = _JUSTIFY, Mm(10)
        if block.lead:
            _write(paragraph, f"{block.lead} ", bold=True)
        _write(paragraph, block.text, italic=block.is_basis)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)


def _table(document: DocumentObject, table: Table) -> None:
    drawn = document.add_table(rows=0, cols=len(table.headings), style="Table Grid")
    widths = _widths(table)
    _set_widths(drawn, widths)
    header = drawn.add_row()
    _mark(header, "tblHeader")
    for texts, row in [(table.headings, header), *((texts, drawn.add_row()) for texts in table.rows)]:
        _mark(row, "cantSplit")
        for column, (text, cell) in enumerate(zip(texts, row.cells, strict=True)):
            cell.width = Mm(widths[column])
            paragraph = _write(cell.paragraphs[0], text, size=12, bold=row is header)
            if row is header or column in table.centred:
                paragraph.alignment = _CENTRE
    document.add_paragraph()


def _widths(table: Table) -> list[float]:
    """Narrow columns by their longest text, what is left to the wide ones."""
    longest = [max(len(str(text)) for text in column) for column in zip(table.headings, *table.rows, strict=True)]
    narrow = {index: min(6 + 2.2 * length, 30) for index, length in enumerate(longest) if index not in table.wide}
    rest = (_WIDTH - sum(narrow.values())) / max(len(table.wide), 1)
    return [narrow.get(index, rest) for index in range(len(longest))]


def _signatures(document: DocumentObject, paper: Paper) -> None:
    left, right = _columns(document, 80, 80)
    if len(paper.signatures) > 1:
        _signature(left, paper.signatures[0])
    else:
        _recipients(left, paper)
    _signature(right, paper.signatures[-1])
    if len(paper.signatures) > 1 and paper.recipients:
        document.add_paragraph()
        _recipients(_columns(document, 80, 80)[0], paper)


def _signature(cell: _Cell, signature: Signature) -> None:
    for text in signature.capacity:
        _line(cell, text.upper(), bold=True)
    if signature.note:
        _line(cell, signature.note, italic=True)
    for _room in range(4):
        _line(cell, "")
    _line(cell, signature.name, bold=True)


def _recipients(cell: _Cell, paper: Paper) -> None:
    if not paper.recipients:
        return
    _write(cell.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for text in paper.recipients:
        _write(cell.add_paragraph(), f"- {text}", size=11)


def _columns(document: DocumentObject, *widths: int) -> list[_Cell]:
    table: WordTable = document.add_table(rows=1, cols=len(widths))
    _set_widths(table, widths)
    _mark(table.rows[0], "cantSplit")
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    return list(table.rows[0].cells)


def _set_widths(table: WordTable, widths: Sequence[float]) -> None:
    """Word goes by the cells' own widths, LibreOffice by those of the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _line(cell: _Cell, text: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> None:
    """A centred line; the first one takes the empty paragraph that every cell begins with."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    _write(paragraph, text, size=size, bold=bold, italic=italic).alignment = _CENTRE


def _rule(cell: _Cell, indent: int) -> None:
    _ruled(cell.add_paragraph(), indent)


def _ruled(paragraph: Paragraph, indent: int) -> None:
    """A thin line under what stands above, narrower by ``indent`` mm on both sides."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_after = Pt(3), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _write(paragraph: Paragraph, text: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _mark(row: _Row, name: str) -> None:
    """``tblHeader``: the headings stand again on each page, and programs that read aloud know them as such.
    ``cantSplit``: a row stays on one page."""
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
