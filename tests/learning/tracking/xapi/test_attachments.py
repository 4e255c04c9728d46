"""multipart/mixed, attachments and signatures (Communication 1.5.2, Data 2.4.11 and 2.6)."""

import base64
import datetime
import hashlib
import json

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from learning.tracking.models import Attachment, AttachmentUse, Statement
from learning.tracking.xapi.attachments import SIGNATURE
from learning.tracking.xapi.multipart import parse
from tests.factories.statements import statement

pytestmark = pytest.mark.django_db
BOUNDARY = "-------314159265358979323846"
MIXED = f"multipart/mixed; boundary={BOUNDARY}"
TEXTS = [b"here is a simple attachment", b"here is\r\n\r\n--another \xff"]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def attachment(content, **changes):
    whole = {"usageType": "https://example.vn/usage", "display": {"vi": "Tệp"}, "contentType": "text/plain",
             "length": len(content), "sha2": digest(content), **changes}  # fmt: skip
    return {name: value for name, value in whole.items() if value is not None}


def part(content, **headers):
    told = {"Content-Type": "text/plain", "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": digest(content), **headers}  # fmt: skip
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def first(sent, kind="application/json"):
    return f"Content-Type: {kind}\r\n\r\n".encode() + json.dumps(sent).encode()


def mixed(*pieces):
    mark = b"--" + BOUNDARY.encode()
    return b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in pieces) + mark + b"--\r\n"


def files_of(key):
    kept = {}
    for use in AttachmentUse.objects.filter(statement_id=key):
        with use.attachment.file.open("rb") as file:
            kept[use.sha2] = file.read()
    return kept


def send(system, *pieces, kind=MIXED):
    return system.post("statements", mixed(*pieces), Content_Type=kind)


ONE = first(statement(attachments=[attachment(TEXTS[0])]))


class TestReceiving:
    def test_statements_with_their_files(self, any_system):
        sent = statement(attachments=[attachment(text) for text in TEXTS])
        answer = send(any_system, first(sent), *(part(text) for text in TEXTS))
        assert answer.status_code == 200, answer.content
        (key,) = answer.json()
        assert files_of(key) == {digest(text): text for text in TEXTS}

    def test_lines_may_be_broken_as_unix_does(self, any_system):
        whole = mixed(first(statement(attachments=[attachment(TEXTS[0])])), part(TEXTS[0])).replace(b"\r\n", b"\n")
        (key,) = any_system.post("statements", whole, Content_Type=MIXED).json()
        assert files_of(key) == {digest(TEXTS[0]): TEXTS[0]}

    @pytest.mark.parametrize(
        ("before", "after", "padding"),
        [(b"For old readers\r\n", b"", b""), (b"", b"\r\nThe end", b""), (b"", b"", b" \t")],
    )
    def test_what_stands_around_the_parts_is_nothing(self, any_system, before, after, padding):
        whole = mixed(first(statement(attachments=[attachment(TEXTS[1])])), part(TEXTS[1]))
        lines = whole.replace(BOUNDARY.encode() + b"\r\n", BOUNDARY.encode() + padding + b"\r\n")
        (key,) = any_system.post("statements", before + lines + after, Content_Type=MIXED).json()
        assert files_of(key) == {digest(TEXTS[1]): TEXTS[1]}

    def test_a_content_type_cannot_bring_a_header_along(self, any_system):
        whole = mixed(ONE, part(TEXTS[0], **{"Content-Type": "text/plain; x=\rX-Evil: 1"})).replace(b"\r\n", b"\n")
        assert any_system.post("statements", whole, Content_Type=MIXED).status_code == 400

    def test_the_same_file_twice_is_kept_once(self, any_system):
        sent = [statement(attachments=[attachment(TEXTS[0])]), statement(attachments=[attachment(TEXTS[0])])]
        assert send(any_system, first(sent), part(TEXTS[0])).status_code == 200
        assert send(any_system, first(sent), part(TEXTS[0])).status_code == 200
        assert (Attachment.objects.count(), AttachmentUse.objects.count()) == (1, 4)

    def test_no_file_is_needed_where_there_is_an_address_or_no_attachment(self, any_system):
        there = statement(attachments=[attachment(TEXTS[0], fileUrl="https://example.vn/file")])
        assert any_system.post("statements", there).status_code == 200
        assert send(any_system, first([there, statement()])).status_code == 200
        assert send(any_system, first(there), part(TEXTS[0])).status_code == 200

    def test_files_of_sub_statements_are_kept(self, any_system):
        inner = {**statement(attachments=[attachment(TEXTS[0])]), "objectType": "SubStatement"}
        assert send(any_system, first(statement(object=inner)), part(TEXTS[0])).status_code == 200
        assert AttachmentUse.objects.count() == 1

    @pytest.mark.parametrize("algorithm", ["sha224", "sha256", "sha384", "sha512"])
    def test_content_has_the_digest_that_it_claims_in_each_kind_of_sha_2(self, any_system, algorithm):
        claimed = hashlib.new(algorithm, TEXTS[0]).hexdigest().upper()
        sent = first(statement(attachments=[attachment(TEXTS[0], sha2=claimed)]))
        forged = send(any_system, sent, part(b"forged", **{"X-Experience-API-Hash": claimed}))
        assert (forged.status_code, Attachment.objects.count()) == (400, 0)
        (key,) = send(any_system, sent, part(TEXTS[0], **{"X-Experience-API-Hash": claimed})).json()
        assert files_of(key) == {claimed: TEXTS[0]}

    def test_the_length_is_taken_as_it_is_told(self, any_system):
        sent = statement(attachments=[attachment(TEXTS[0], length=450)])
        assert send(any_system, first(sent), part(TEXTS[0])).status_code == 200

    @pytest.mark.parametrize(
        "pieces",
        [
            [ONE],
            [first(statement(attachments=[attachment(text) for text in TEXTS])), part(TEXTS[0])],
            [ONE, *(part(text) for text in TEXTS)],
            [ONE, part(TEXTS[0], **{"X-Experience-API-Hash": None})],
            [ONE, part(TEXTS[0], **{"X-Experience-API-Hash": "0" * 64})],
            [ONE, part(TEXTS[0], **{"Content-Transfer-Encoding": "base64"})],
            [ONE, part(TEXTS[0], **{"Content-Transfer-Encoding": None})],
            [first(statement(attachments=[attachment(TEXTS[0])]), "text/plain"), part(TEXTS[0])],
            [first(statement()), first(statement())],
            [first(statement())[:-1]],
            [b"no headers"],
            [],
        ],
    )  # fmt: skip
    def test_parts_that_do_not_agree_with_the_statements_are_refused(self, any_system, pieces):
        assert send(any_system, *pieces).status_code == 400
        assert not Statement.objects.exists()

    @pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed;", "multipart/mixed; boundary=other",
                                      f"multipart/form-data; boundary={BOUNDARY}"])  # fmt: skip
    def test_the_boundary_is_the_one_that_the_header_names(self, any_system, kind):
        assert send(any_system, first(statement()), kind=kind).status_code == 400

    def test_a_boundary_stands_before_each_part(self, any_system):
        sent = statement(attachments=[attachment(TEXTS[0])])
        whole = mixed(first(sent), part(TEXTS[0]))
        mark = b"--" + BOUNDARY.encode() + b"\r\n"
        for broken in (whole.removeprefix(mark), whole.replace(b"\r\n" + mark, b"\r\n")):
            assert any_system.post("statements", broken, Content_Type=MIXED).status_code == 400

    def test_without_parts_an_attachment_needs_an_address(self, any_system):
        sent = statement(attachments=[attachment(TEXTS[0])])
        assert any_system.post("statements", sent).status_code == 400


class TestGiving:
    @pytest.fixture
    def key(self, any_system):
        sent = statement(attachments=[attachment(text) for text in TEXTS])
        return send(any_system, first(sent), *(part(text) for text in TEXTS)).json()[0]

    def test_files_come_after_the_statement(self, any_system, key):
        answer = any_system.get("statements", {"statementId": key, "attachments": True})
        head, *files = parse(answer["Content-Type"], answer.content)
        assert answer["Content-Type"].startswith("multipart/mixed; boundary=")
        assert json.loads(head.content)["id"] == key
        assert {(file.digest, file.content) for file in files} == {(digest(text), text) for text in TEXTS}
        assert answer.content.count(digest(TEXTS[0]).encode()) == 2

    def test_a_page_brings_each_file_once(self, any_system, key):
        answer = any_system.get("statements", {"attachments": True})
        head, *files = parse(answer["Content-Type"], answer.content)
        assert len(json.loads(head.content)["statements"]) == 1
        assert len(files) == 2

    @pytest.mark.parametrize("params", [{}, {"attachments": False}])
    def test_without_asking_there_are_none(self, any_system, key, params):
        answer = any_system.get("statements", {"statementId": key, **params})
        assert answer["Content-Type"] == "application/json"


def encoded(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=")


@pytest.fixture(scope="module")
def key_pair():
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Thử")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start,
                                      start + datetime.timedelta(days=3650))  # fmt: skip
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return key, base64.b64encode(certificate).decode()


class TestSignatures:
    def signature(self, payload, key, head):
        message = encoded(head) + b"." + encoded(payload)
        algorithm = {"RS384": hashes.SHA384(), "RS512": hashes.SHA512()}.get(head["alg"], hashes.SHA256())
        return message + b"." + encoded(key.sign(message, padding.PKCS1v15(), algorithm))

    def sent(self, system, signature, signed, **changes):
        kind = changes.pop("contentType", "application/octet-stream")
        whole = {**signed, "attachments": [attachment(signature, usageType=SIGNATURE, contentType=kind)], **changes}
        return send(system, first(whole), part(signature, **{"Content-Type": kind}))

    @pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
    @pytest.mark.parametrize("has_certificate", [True, False])
    def test_a_signed_statement_is_taken(self, any_system, key_pair, algorithm, has_certificate):
        key, certificate = key_pair
        head = {"alg": algorithm, **({"x5c": [certificate]} if has_certificate else {})}
        answer = self.sent(any_system, self.signature(statement(), key, head), statement())
        assert answer.status_code == 200, answer.content

    @pytest.mark.parametrize("algorithm", ["HS256", "none", "ES256", "rs256"])
    def test_other_algorithms_are_refused(self, any_system, key_pair, algorithm):
        signature = self.signature(statement(), key_pair[0], {"alg": algorithm})
        assert self.sent(any_system, signature, statement()).status_code == 400

    @pytest.mark.parametrize("algorithm", [None, [], {}, 256])
    def test_an_algorithm_that_is_no_word_is_refused(self, any_system, algorithm):
        signature = b".".join([encoded({"alg": algorithm}), encoded(statement()), encoded(b"x")])
        assert self.sent(any_system, signature, statement()).status_code == 400

    @pytest.mark.parametrize("attachments", [1, "", {}, ["x"], [None]])
    def test_a_payload_whose_attachments_are_none_is_refused(self, any_system, key_pair, attachments):
        signature = self.signature(statement(attachments=attachments), key_pair[0], {"alg": "RS256"})
        assert self.sent(any_system, signature, statement()).status_code == 400

    def test_a_certificate_with_a_key_of_an_unknown_kind_is_refused(self, any_system, key_pair):
        rsa_key = bytes.fromhex("06092a864886f70d010101")
        strange = base64.b64decode(key_pair[1]).replace(rsa_key, rsa_key[:-1] + b"\x7f")
        head = {"alg": "RS256", "x5c": [base64.b64encode(strange).decode()]}
        assert self.sent(any_system, self.signature(statement(), key_pair[0], head), statement()).status_code == 400

    def test_a_signature_over_another_statement_is_refused(self, any_system, key_pair):
        signature = self.signature(statement(result={"success": False}), key_pair[0], {"alg": "RS256"})
        assert self.sent(any_system, signature, statement(result={"success": True})).status_code == 400

    @pytest.mark.parametrize(("duration", "status"), [("PT36M0.1237S", 200), ("PT36M0.12S", 200), ("PT36M0.13S", 400)])
    @pytest.mark.parametrize("deep", [False, True])
    def test_durations_are_compared_to_the_hundredth_of_a_second(self, any_system, key_pair, duration, status, deep):
        def lasting(time):
            done = {"result": {"duration": time}}
            return (
                statement(object={**statement(), "objectType": "SubStatement", **done}) if deep else statement(**done)
            )

        signature = self.signature(lasting("PT36M0.12S"), key_pair[0], {"alg": "RS256"})
        assert self.sent(any_system, signature, lasting(duration)).status_code == status

    def test_a_signature_that_does_not_hold_under_its_certificate_is_refused(self, any_system, key_pair):
        stranger = rsa.generate_private_key(65537, 2048)
        signature = self.signature(statement(), stranger, {"alg": "RS256", "x5c": [key_pair[1]]})
        assert self.sent(any_system, signature, statement()).status_code == 400

    @pytest.mark.parametrize("x5c", [[], "x", ["x"], [1], {}, [base64.b64encode(b"x").decode()]])
    def test_a_certificate_that_is_none_is_refused(self, any_system, key_pair, x5c):
        signature = self.signature(statement(), key_pair[0], {"alg": "RS256", "x5c": x5c})
        assert self.sent(any_system, signature, statement()).status_code == 400

    def test_it_is_an_octet_stream(self, any_system, key_pair):
        signature = self.signature(statement(), key_pair[0], {"alg": "RS256"})
        assert self.sent(any_system, signature, statement(), contentType="text/plain").status_code == 400

    @pytest.mark.parametrize(
        "garbage",
        [b"", b"a.b.c", b"a.b", b"....", encoded({"alg": "RS256"}) + b".!.x",
         b".".join([encoded([]), encoded([]), encoded(b"x")]),
         b".".join([encoded({"alg": "RS256"}), encoded(b"{'id'"), encoded(b"x")])],
    )  # fmt: skip
    def test_what_is_no_signature_is_refused(self, any_system, garbage):
        assert self.sent(any_system, garbage, statement()).status_code == 400

    def test_it_must_come_along(self, any_system):
        away = attachment(b"x", usageType=SIGNATURE, contentType="application/octet-stream", fileUrl="https://x.vn/s")
        assert any_system.post("statements", statement(attachments=[away])).status_code == 400
