"""What nobody should send."""

import io
import zipfile

SCRIPT = "\"'><script>hostile()</script>"
TEXTS = (
    "\x00",
    "²",
    "9" * 40,
    "-1",
    "1e999",
    "NaN",
    SCRIPT,
    "2026-13-45",
    "01/12/20266",
    "00000000-0000-7000-8000-000000000007",
    "[]",
    '{"a": [null, {}]}',
    "a" * 20_000,
    "’; --",
    "\u202e\uffff\x0b",
    "",
)
QUERIES = ("²", "\x00", "-1", "9" * 40, "'", SCRIPT, "2026-13-45", "%")
# Bytes that are no UTF-8, and names twice or in brackets.
RAW_QUERIES = ("q=%ff%ed%a0%80&page=%ed%a0%80", "p=0&p=last&page=1.5&page[]=2", "%00=%00", "?=&&;")
HEADERS: tuple[dict[str, str], ...] = (
    {
        "accept-language": ",;q=x," * 50,
        "if-none-match": '",W/"',
        "if-modified-since": "Thu, 99 Foo 20266",
        "range": "bytes=9-1,-",
    },
    {"hx-request": "true", "hx-target": "²", "hx-current-url": "http://[", "x-requested-with": "XMLHttpRequest"},
    {
        "cookie": 'sessionid="\\; csrftoken=²; django_language=../..',
        "referer": "http://[::",
        "range": "bytes=99999999999999999999-",
    },
)


def _zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


_WORKBOOK = _zipped("xl/workbook.xml", b"<workbook")
FILES = (
    ("nothing.xlsx", b""),
    ("torn.xlsx", _WORKBOOK[: len(_WORKBOOK) // 2]),
    ("no-sheet.xlsx", _WORKBOOK),
    ("bomb.h5p", _zipped("h5p.json", b"[" * 3_000_000)),
    ("outside.zip", _zipped("../../outside.xml", b"<a/>")),
    ("deep.json", b"[" * 3_000 + b"]" * 3_000),
    ("entities.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("deep.xml", b"<a>" * 3_000),
    ("torn.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\xff\xc0\x00\x11\x08\xff\xff\xff\xff"),
    ("torn.gif", b"GIF89a\xff\xff\xff\xff\xf7\x00\x00"),
    ("torn.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff"),
    ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>hostile()</script></svg>"),
    ("torn.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
    ("zeros.csv", b"\x00,\x00\n" * 50),
    ("latin.csv", "họ tên;năm\nNguyễn;²\n".encode("utf-16")),
    ("broken.gift", b"::a:: {=\n}{~%-999%\n\xff"),
    ("name\u202egpj.²", b"\xff\xfe"),
)
