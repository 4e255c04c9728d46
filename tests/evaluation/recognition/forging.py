"""What a forger, or an unlucky tool, makes of a signed decision: a function each, by the reason to refuse it."""

import asyncio
import re

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign import fields
from pyhanko.sign.fields import MDPPerm

from evaluation.recognition.refusals import Reason
from tests.evaluation.recognition.signing import DAY, NOW, added, certify, paper, saved_anew, signed

_FORGERIES = {}


def forgery(reason: Reason):
    def kept(make):
        _FORGERIES[make.__name__] = (reason, make)
        return make

    return kept


def forgeries():
    return _FORGERIES


@forgery(Reason.NOT_PDF)
def no_pdf(world):
    return b"PK\x03\x04 a document of a word processor"


@forgery(Reason.NOT_PDF)
def bytes_before_the_pdf(world):
    return b"\n" + world.good


@forgery(Reason.TOO_LARGE)
def megabytes_added(world):
    return world.good + b"%" + b"0" * 4_000_000


@forgery(Reason.CUT_OFF)
def cut_within_the_decision(world):
    return world.good[: len(world.issued) - 1000]


@forgery(Reason.CUT_OFF)
def cut_within_the_signature(world):
    return world.good[: len(world.issued) + 2000]


@forgery(Reason.PARTIAL)
def cut_by_one_byte(world):
    return world.good[:-1]


@forgery(Reason.OTHER_PAPER)
def one_byte_of_the_decision(world):
    place = len(world.issued) // 2
    return world.good[:place] + bytes([world.good[place] ^ 1]) + world.good[place + 1 :]


@forgery(Reason.OTHER_PAPER)
def signature_of_another_decision(world):
    return signed(paper("Về việc công nhận của một danh sách khác"), world.lan.tool())


@forgery(Reason.OTHER_PAPER)
def saved_anew_then_signed(world):
    return signed(saved_anew(world.issued), world.lan.tool())


@forgery(Reason.UNSIGNED)
def only_downloaded(world):
    return world.issued


@forgery(Reason.CHANGED)
def only_a_new_title(world):
    return added(world.issued, lambda update: update.set_info(generic.DictionaryObject()))


@forgery(Reason.EMPTY_FIELD)
def only_a_place_to_sign(world):
    return added(world.issued, lambda update: fields.append_signature_field(update, fields.SigFieldSpec("Cho ky")))


@forgery(Reason.EMPTY_FIELD)
def one_place_signed_one_not(world):
    return signed(only_a_place_to_sign(world), world.lan.tool())


@forgery(Reason.EMPTY_FIELD)
def signature_taken_out_of_its_place(world):
    def forget(update):
        field = update.root["/AcroForm"]["/Fields"][0].get_object()
        del field["/V"]
        update.update_container(field)

    return added(world.good, forget)


@forgery(Reason.TAIL)
def remark_after_the_signature(world):
    """The usual check passes this: all that the signature speaks of is covered."""
    end = world.good[world.good.rindex(b"startxref") :]
    return world.good + b"\n% one remark more\n" + end


@forgery(Reason.TAIL)
def new_title_after_the_signature(world):
    return added(world.good, lambda update: update.set_info(generic.DictionaryObject()))


@forgery(Reason.CHANGED)
def page_changed_after_the_signature(world):
    return added(world.good, _overwritten)


@forgery(Reason.CHANGED)
def page_changed_before_the_signature(world):
    """The signature covers every byte, and is fine; it signs another paper."""
    return signed(added(world.issued, _overwritten), world.lan.tool())


@forgery(Reason.CHANGED)
def page_changed_between_two_signatures(world):
    return signed(added(world.good, _overwritten), world.minh.tool(), field="Chu ky 2")


@forgery(Reason.CHANGED)
def page_added_before_the_signature(world):
    def append(update):
        page = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Page")})
        page["/MediaBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 100, 100)))
        update.insert_page(page)

    return signed(added(world.issued, append), world.lan.tool())


@forgery(Reason.CHANGED)
def note_after_the_signature(world):
    return added(world.good, _annotated)


@forgery(Reason.CHANGED)
def note_before_the_signature(world):
    return signed(added(world.issued, _annotated), world.lan.tool())


@forgery(Reason.CHANGED)
def field_to_fill_in(world):
    return signed(added(world.issued, _with_form), world.lan.tool())


@forgery(Reason.CHANGED)
def second_signature_on_what_was_locked(world):
    """Both signatures are fine; the first forbids what the second does."""
    open_ = signed(world.issued, world.lan.tool(), certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    locked = re.sub(rb"/P 2\b(?! \d)", b"/P 1", signed(open_, world.minh.tool(), field="Chu ky 2"))
    return _resigned(_resigned(locked, world.lan.tool()), world.minh.tool(), nth=1)


@forgery(Reason.REPLACED)
def other_paper_behind_the_decision(world):
    """The file begins with the issued bytes, and every reader of PDFs shows what comes after them."""
    other = paper("Về việc công nhận của một danh sách khác")
    moved = _moved(other, len(world.issued) + 1)
    return signed(world.issued + b"\n" + moved, world.lan.tool())


@forgery(Reason.PARTIAL)
def signature_over_a_part(world):
    """Signed by a trusted key, but not over the last bytes before its own value."""
    return _resigned(_with_range(world.good, lambda a, b, c: (a - 40, b, c)), world.lan.tool())


@forgery(Reason.PARTIAL)
def signature_over_all_but_the_end(world):
    return _resigned(_with_range(world.good, lambda a, b, c: (a, b, c - 60)), world.lan.tool())


@forgery(Reason.PARTIAL)
def range_from_elsewhere(world):
    return _with_range(world.good, lambda a, b, c: (a, b + 2, c - 2))


@forgery(Reason.PARTIAL)
def range_beyond_the_end(world):
    return _with_range(world.good, lambda a, b, c: (a, b, c + 1))


@forgery(Reason.TAMPERED)
def reason_changed_after_signing(world):
    good = signed(world.issued, world.lan.tool(), reason="Ban hanh")
    return good.replace(b"Ban hanh", b"Thu hoi.")


@forgery(Reason.FORGED)
def signed_with_a_key_of_somebody_else(world):
    return signed(world.issued, world.lan.tool(key=world.minh))


@forgery(Reason.FORGED)
def first_of_two_signatures_broken(world):
    broken = signed(world.issued, world.lan.tool(key=world.minh))
    return signed(broken, world.minh.tool(), field="Chu ky 2")


@forgery(Reason.FORGED)
def last_of_two_signatures_broken(world):
    return signed(world.good, world.minh.tool(key=world.lan), field="Chu ky 2")


@forgery(Reason.NO_CERTIFICATE)
def certificate_left_out(world):
    def without(signature):
        signature["content"]["certificates"] = cms.CertificateSet([])

    return _recoded(world.good, without)


@forgery(Reason.UNREADABLE)
def signed_by_nobody(world):
    def without(signature):
        signature["content"]["signer_infos"] = cms.SignerInfos([])

    return _recoded(world.good, without)


@forgery(Reason.UNREADABLE)
def value_of_zeros(world):
    return _filled(world.good, b"")


@forgery(Reason.UNTRUSTED)
def by_ones_own_certificate(world):
    return signed(world.issued, certify("Trần Thị Lan").tool())


@forgery(Reason.UNTRUSTED)
def by_an_unknown_authority(world):
    root = certify("Cơ quan nào đó", authority=True)
    return signed(world.issued, root.issue("Trần Thị Lan").tool())


@forgery(Reason.CERTIFICATE)
def by_an_unknown_authority_of_the_same_name(world):
    root = certify("Cơ quan chứng thực", authority=True)
    return signed(world.issued, root.issue("Trần Thị Lan").tool())


@forgery(Reason.CERTIFICATE)
def by_who_may_not_issue_certificates(world):
    return signed(world.issued, world.lan.issue("Người nhà").tool())


@forgery(Reason.EXPIRED)
def certificate_expired(world):
    return signed(world.issued, world.branch.issue("Trần Thị Lan", until=NOW - DAY).tool())


@forgery(Reason.NOT_YET_VALID)
def certificate_of_tomorrow(world):
    return signed(world.issued, world.branch.issue("Trần Thị Lan", since=NOW + DAY).tool())


@forgery(Reason.CERTIFICATE)
def authority_expired(world):
    branch = world.root.issue("Chi nhánh cũ", authority=True, until=NOW - DAY)
    return signed(world.issued, branch.issue("Trần Thị Lan").tool())


@forgery(Reason.REVOKED)
def certificate_revoked(world):
    return signed(world.issued, world.revoked.tool())


@forgery(Reason.REVOKED)
def authority_revoked(world):
    return signed(world.issued, world.closed.issue("Trần Thị Lan").tool())


@forgery(Reason.WRONG_USE)
def certificate_for_encrypting(world):
    return signed(world.issued, world.branch.issue("Trần Thị Lan", usage="k").tool())


@forgery(Reason.WRONG_USE)
def certificate_of_a_web_server(world):
    server = world.branch.issue("hoian.gov.vn", usage="d", purposes=[ExtendedKeyUsageOID.SERVER_AUTH])
    return signed(world.issued, server.tool())


@forgery(Reason.WEAK)
def digest_of_md5(world):
    return signed(world.issued, world.seasoned.tool(), digest="md5")


@forgery(Reason.WEAK)
def digest_of_sha_1(world):
    return signed(world.issued, world.lan.tool(), digest="sha1")


@forgery(Reason.WEAK)
def short_key(world):
    key = rsa.generate_private_key(65537, 1024)
    return signed(world.issued, world.branch.issue("Trần Thị Lan", key=key).tool())


@forgery(Reason.TIMESTAMP)
def timestamp_of_another_signature(world):
    stamped = signed(world.issued, world.lan.tool(), clock=world.clock.clock(), field="Chu ky 2")
    other = _value(stamped)["content"]["signer_infos"][0]["unsigned_attrs"]
    room = signed(world.issued, world.lan.tool(), clock=world.clock.clock())

    def with_other(signature):
        signature["content"]["signer_infos"][0]["unsigned_attrs"] = other

    return _recoded(room, with_other)


@forgery(Reason.TIMESTAMP)
def timestamp_of_tomorrow(world):
    return signed(world.issued, world.lan.tool(), clock=world.clock.clock(NOW + DAY))


@forgery(Reason.ENCRYPTED)
def locked_with_a_password(world):
    return _raw_update(world.issued, b"/Encrypt << /Filter /Standard /V 5 /R 6 >>")


@forgery(Reason.UNREADABLE)
def endless_table_of_contents(world):
    return _raw_update(world.issued, b"", table=b"0 99999999\n0000000000 65535 f \n")


@forgery(Reason.UNREADABLE)
def table_of_contents_that_leads_to_itself(world):
    return _raw_update(world.issued, b"", previous=len(world.issued) + 1)


@forgery(Reason.TOO_MANY)
def updates_without_end(world):
    update = world.issued
    for _number in range(41):
        update = _raw_update(update, b"")
    return update


@forgery(Reason.TOO_MANY)
def too_many_signatures(world):
    file = world.issued
    for number in range(11):
        file = signed(file, world.lan.tool(), field=f"Chu ky {number}")
    return file


def _overwritten(update):
    page = update.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = update.add_object(generic.StreamObject(stream_data=b"0 0 500 500 re f"))
    update.update_container(page)


def _annotated(update):
    page = update.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Text")})
    page["/Annots"] = generic.ArrayObject([update.add_object(note)])
    update.update_container(page)


def _with_form(update):
    named = {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.TextStringObject("So")}
    form = {pdf_name("/Fields"): generic.ArrayObject([update.add_object(generic.DictionaryObject(named))])}
    update.root["/AcroForm"] = update.add_object(generic.DictionaryObject(form))
    update.update_root()


def _moved(pdf: bytes, offset: int) -> bytes:
    """The same file for a place further back: each place in its table of contents moves along."""
    start = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf)[1])
    table = re.sub(rb"(\d{10}) (\d{5}) n", lambda m: b"%010d %s n" % (int(m[1]) + offset, m[2]), pdf[start:])
    return pdf[:start] + table.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + offset))


def _raw_update(pdf: bytes, trailer: bytes, table: bytes = b"0 1\n0000000000 65535 f \n", previous=None) -> bytes:
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1]) if previous is None else previous
    root = re.search(rb"/Root \d+ 0 R", pdf)[0]
    size = re.search(rb"/Size \d+", pdf)[0]
    named = b" ".join([b"/Prev %d" % before, root, size, b"/ID [(a) (b)]", trailer])
    return pdf + b"\nxref\n%strailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (table, named, len(pdf) + 1)


def _ranges(pdf: bytes, nth: int = 0):
    return list(re.finditer(rb"/ByteRange \[0 +(\d+) (\d+) (\d+) *\]", pdf))[nth]


def _with_range(pdf: bytes, change) -> bytes:
    found = _ranges(pdf)
    written = b"/ByteRange [0 %d %d %d" % change(*map(int, found.groups()))
    return pdf[: found.start()] + written.ljust(len(found[0]) - 1) + b"]" + pdf[found.end() :]


def _resigned(pdf: bytes, tool, nth: int = 0) -> bytes:
    """Signed with a good key over what the range says by now."""
    covered, resumed, after = map(int, _ranges(pdf, nth).groups())
    digest = hashes.Hash(hashes.SHA256())
    digest.update(pdf[:covered] + pdf[resumed : resumed + after])
    return _filled(pdf, asyncio.run(tool.async_sign(digest.finalize(), "sha256", use_pades=False)).dump(), nth)


def _value(pdf: bytes) -> cms.ContentInfo:
    return cms.ContentInfo.load(bytes.fromhex(_hole(pdf)[1].decode()))


def _recoded(pdf: bytes, change) -> bytes:
    value = _value(pdf)
    change(value)
    return _filled(pdf, value.dump(force=True))


def _filled(pdf: bytes, value: bytes, nth: int = 0) -> bytes:
    hole = _hole(pdf, nth)
    return pdf[: hole.start(1)] + value.hex().encode().ljust(len(hole[1]), b"0") + pdf[hole.end(1) :]


def _hole(pdf: bytes, nth: int = 0):
    return list(re.finditer(rb"/Contents <([0-9a-fA-F]+)>", pdf))[nth]
