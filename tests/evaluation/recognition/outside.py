"""A signing tool that shares no code with what verifies: pypdf writes the update, another hand the value."""

import re
import subprocess
from io import BytesIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)  # fmt: skip

_ROOM = 8000
_FAR = 1_000_000_000


def signed_outside(pdf: bytes, value_of) -> bytes:
    """``value_of`` makes the value, as DER, of the bytes that are signed."""
    prepared = _prepared(pdf)
    hole = re.search(rb"/Contents\s*(<(?:00){%d}>)" % _ROOM, prepared)
    before, resumed = hole.span(1)
    ranges = b"[ 0 %d %d %d" % (before, resumed, len(prepared) - resumed)
    place = re.search(rb"\[ 0 %d %d %d \]" % (_FAR, _FAR, _FAR), prepared)
    prepared = prepared[: place.start()] + ranges.ljust(len(place[0]) - 1) + b"]" + prepared[place.end() :]
    value = value_of(prepared[:before] + prepared[resumed:]).hex().encode()
    return prepared[: before + 1] + value.ljust(2 * _ROOM, b"0") + prepared[resumed - 1 :]


def by_cryptography(holder):
    def value_of(data: bytes) -> bytes:
        builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
        builder = builder.add_signer(holder.certificate, holder.key, hashes.SHA256())
        for above in holder.above:
            builder = builder.add_certificate(above.certificate)
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        return builder.sign(Encoding.DER, options)

    return value_of


def by_openssl(holder, folder):
    def value_of(data: bytes) -> bytes:
        key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = b"".join(above.pem for above in holder.above)
        for name, content in [("key", key), ("by", holder.pem), ("chain", chain)]:
            (folder / name).write_bytes(content)
        asked = ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER"]
        asked += ["-signer", "by", "-inkey", "key", "-certfile", "chain"]
        return subprocess.run(asked, input=data, cwd=folder, capture_output=True, check=True).stdout

    return value_of


def _prepared(pdf: bytes) -> bytes:
    writer = PdfWriter(BytesIO(pdf), incremental=True)
    value = writer._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/SubFilter"): NameObject("/adbe.pkcs7.detached"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0), *[NumberObject(_FAR)] * 3]),
            NameObject("/Contents"): ByteStringObject(bytes(_ROOM)),
        })
    )  # fmt: skip
    page = writer.pages[0]
    field = writer._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Signature1"),
            NameObject("/V"): value,
            NameObject("/F"): NumberObject(132),
            NameObject("/Rect"): RectangleObject((0, 0, 0, 0)),
            NameObject("/P"): page.indirect_reference,
        })
    )  # fmt: skip
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), field])
    form = {NameObject("/Fields"): ArrayObject([field]), NameObject("/SigFlags"): NumberObject(3)}
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(form)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
