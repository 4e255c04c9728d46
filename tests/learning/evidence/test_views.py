import datetime
import subprocess
import sys
import time
import uuid

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.evidence.actions import confirm, declare, record, seal
from learning.evidence.declaring import ADDING_RATE
from learning.evidence.files import inspect
from learning.evidence.kinds import Kind
from learning.evidence.ledger.log import signed
from learning.evidence.ledger.verifier import HEADER, check, read_key
from learning.evidence.models import Checkpoint, Evidence, EvidenceFile, LedgerKey
from membership.models import FileAccess
from tests.factories.evidence import NOW, a_fact
from tests.learning.evidence.ledgers import as_intruder, fill
from tests.queries import assert_constant_queries

MINE, ADD = "/minh-chung/", "/minh-chung/them/"
PDF = b"%PDF-1.7 thu"


@pytest.fixture
def signed_in(client, standing):
    client.force_login(standing.an)
    return client


@pytest.fixture
def kept(standing) -> EvidenceFile:
    """An's certificate with its scan."""
    evidence = declare(
        person=standing.an.person,
        kind=Kind.EXTERNAL_CERTIFICATE,
        title="Chứng nhận kỹ năng số",
        occurred_at=NOW,
        details={"issuer": "Bình dân học vụ số"},
        upload=inspect(ContentFile(PDF, name="giấy chứng nhận.pdf"), limit=100),
        token=uuid.uuid4(),
        by=standing.an,
        at=NOW,
    )
    return evidence.files.get()


def typed(**changes):
    values = {
        "kind": "external_certificate",
        "title": "Chứng chỉ tin học",
        "occurred_on": "2026-05-04",
        "issuer": "Trung tâm học tập cộng đồng",
        "code": "TH-12",
        "link": "",
        "token": str(uuid.uuid4()),
    }
    return values | changes


class TestMine:
    def test_asks_to_sign_in(self, client, db):
        assert client.get(MINE).url.startswith("/tai-khoan/")

    def test_empty_year_says_how_to_start(self, signed_in):
        assert "chưa có minh chứng nào" in signed_in.get(MINE).content.decode()

    def test_each_fact_says_where_it_comes_from(self, signed_in, standing):
        record(fact=a_fact(standing.an.person, occurred_at=timezone.now()), by=None, at=NOW)
        page = signed_in.get(MINE).content.decode()
        assert "Do hệ thống tự ghi từ việc học trên trang này" in page
        assert "Bài kiểm tra được chấm trên máy chủ" in page

    def test_lists_one_year_and_offers_the_others(self, signed_in, standing):
        past = timezone.now() - datetime.timedelta(days=366)
        record(fact=a_fact(standing.an.person, title="Năm ngoái", occurred_at=past), by=None, at=NOW)
        assert "Năm ngoái" not in signed_in.get(MINE).content.decode()
        assert "Năm ngoái" in signed_in.get(MINE, {"nam": past.year}).content.decode()

    @pytest.mark.parametrize("year", ["1", "99999", "-5", "abc", "٢٠٢٦"])
    def test_year_that_is_none_shows_this_one(self, signed_in, year):
        assert signed_in.get(MINE, {"nam": year}).status_code == 200

    def test_what_was_superseded_is_folded_away_as_history(self, signed_in, standing, kept):
        confirm(evidence=kept.evidence, by=standing.dung, at=NOW)
        page = signed_in.get(MINE, {"nam": 2026}).content.decode()
        assert page.count("<article") == 1
        assert "từng được ghi là “Chứng nhận kỹ năng số”" in page
        assert "Cán bộ đã xem giấy tờ." in page

    def test_others_evidence_is_not_listed(self, client, standing, kept):
        client.force_login(standing.dung)
        assert "Chứng nhận kỹ năng số" not in client.get(MINE, {"nam": 2026}).content.decode()

    def test_queries_do_not_grow_with_rows(self, signed_in, standing, kept):
        person = standing.an.person

        def more():
            for _number in range(4):
                old = record(fact=a_fact(person), by=None, at=NOW)
                record(fact=a_fact(person), by=None, at=NOW, supersedes=old)

        assert_constant_queries(lambda: signed_in.get(MINE, {"nam": 2026}), more)

    def test_account_without_person_is_404(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_user("may", "may@example.vn", "x"))
        assert client.get(MINE).status_code == 404
        assert client.get(ADD).status_code == 404


class TestAdd:
    def test_saves_with_file_and_says_so(self, signed_in, standing):
        scan = SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff\xe0 anh")
        response = signed_in.post(ADD, typed(file=scan), follow=True)

        assert response.redirect_chain == [(f"{MINE}?nam=2026", 302)]
        assert "Đã lưu: “Chứng chỉ tin học”" in response.content.decode()
        evidence = Evidence.objects.get()
        assert evidence.person == standing.an.person
        assert timezone.localdate(evidence.occurred_at) == datetime.date(2026, 5, 4)
        assert evidence.details == {"issuer": "Trung tâm học tập cộng đồng", "code": "TH-12"}
        assert evidence.files.get().content_type == "image/jpeg"

    def test_same_form_twice_is_one_row(self, signed_in):
        values = typed()
        signed_in.post(ADD, values)
        signed_in.post(ADD, values)
        assert Evidence.objects.count() == 1

    def test_date_may_be_typed_the_vietnamese_way(self, signed_in):
        signed_in.post(ADD, typed(occurred_on="04/05/2026"))
        assert timezone.localdate(Evidence.objects.get().occurred_at) == datetime.date(2026, 5, 4)

    def test_decomposed_accents_are_stored_composed(self, signed_in):
        signed_in.post(ADD, typed(title="Chứng chỉ"))
        assert Evidence.objects.get().title == "Chứng chỉ"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"title": ""}, "Hãy điền mục này."),
            ({"occurred_on": "2999-01-01"}, "Ngày này chưa tới"),
            ({"occurred_on": "0001-01-01"}, "kiểm tra lại năm"),
            ({"occurred_on": "hôm qua"}, "hợp lệ"),
            ({"issuer": ""}, "nơi cấp giấy chứng nhận"),
            ({"link": "javascript:alert(1)"}, "hợp lệ"),
            ({"kind": "quiz_passed"}, "quiz_passed"),
            ({"token": "x"}, "Hãy nhập mã hợp lệ."),
            ({"title": "x" * 201}, "200"),
        ],
    )
    def test_bad_input_is_explained_and_what_was_typed_is_kept(self, signed_in, changes, message):
        response = signed_in.post(ADD, typed(**changes))
        page = response.content.decode()
        assert response.status_code == 422
        assert message in page
        assert "TH-12" in page
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("chung-chi.pdf", b"MZ khong phai PDF", "Chỉ nhận tệp PDF, JPG và PNG"),
            ("chung-chi.svg", b"<svg/>", "Chỉ nhận tệp PDF, JPG và PNG"),
            ("chung-chi.pdf", PDF + b"0" * 200, "lớn hơn"),
        ],
    )
    def test_wrong_or_large_file_is_explained_and_what_was_typed_is_kept(
        self, signed_in, settings, name, content, message
    ):
        settings.UPLOAD_MAX_BYTES = 100
        page = signed_in.post(ADD, typed(file=SimpleUploadedFile(name, content))).content.decode()
        assert message in page
        assert "Chứng chỉ tin học" in page
        assert "trình duyệt không giữ được" in page
        assert not Evidence.objects.exists()

    def test_very_many_in_one_hour_are_stopped_and_what_was_typed_is_kept(self, signed_in, one_rate_period):
        for _number in range(int(ADDING_RATE.partition("/")[0])):
            signed_in.post(ADD, typed(title=""))
        response = signed_in.post(ADD, typed())
        assert response.status_code == 429
        assert "thử lại sau một giờ" in response.content.decode()
        assert "TH-12" in response.content.decode()
        assert not Evidence.objects.exists()


class TestFile:
    def address(self, kept):
        return f"/minh-chung/tep/{kept.pk}/"

    def test_owner_downloads_it(self, signed_in, kept):
        response = signed_in.get(self.address(kept), follow=True)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "application/pdf"
        assert "private" in response["Cache-Control"]
        assert not FileAccess.objects.exists()

    def test_officer_in_reach_downloads_it_and_that_is_noted(self, client, standing, kept):
        client.force_login(standing.chi)
        response = client.get(self.address(kept), follow=True)
        assert b"".join(response.streaming_content) == PDF
        access = FileAccess.objects.get()
        assert (access.user, access.person, access.what) == (standing.chi, standing.an.person, f"file:{kept.pk.hex}")

    @pytest.mark.parametrize("who", ["binh", "ha"])
    def test_others_are_told_of_nothing(self, client, standing, kept, who):
        client.force_login(getattr(standing, who))
        assert client.get(self.address(kept)).status_code == 404
        assert not FileAccess.objects.exists()

    def test_who_is_not_signed_in_is_asked_to(self, client, kept):
        assert client.get(self.address(kept)).status_code == 302

    def test_unknown_and_lost_files_are_404(self, signed_in, kept):
        assert signed_in.get(f"/minh-chung/tep/{uuid.uuid4()}/").status_code == 404
        kept.file.storage.delete(kept.file.name)
        assert signed_in.get(self.address(kept), follow=True).status_code == 404

    def test_files_lie_outside_what_is_served(self, client, kept):
        assert str(settings.MEDIA_ROOT) not in kept.file.path
        assert client.get(f"{settings.MEDIA_URL}{kept.file.name}").status_code == 404

    def test_the_link_lives_two_minutes(self, signed_in, kept, monkeypatch):
        link = signed_in.get(self.address(kept)).url
        later = time.time() + 121
        monkeypatch.setattr(time, "time", lambda: later)
        assert signed_in.get(link).status_code == 404

    def test_the_link_is_for_whom_it_was_made(self, client, signed_in, standing, kept):
        link = signed_in.get(self.address(kept)).url
        client.force_login(standing.chi)
        assert client.get(link).status_code == 404
        assert client.get(link.replace("tep/noi-dung/W", "tep/noi-dung/X")).status_code == 404


class TestCorrectAndWithdraw:
    def test_a_correction_supersedes_and_keeps_the_file(self, signed_in, kept):
        address = f"/minh-chung/{kept.evidence_id}/sua/"
        assert "Chứng nhận kỹ năng số" in signed_in.get(address).content.decode()
        page = signed_in.post(address, typed(title="Chứng nhận kỹ năng số nâng cao"), follow=True).content.decode()
        assert "từng được ghi là “Chứng nhận kỹ năng số”" in page
        corrected = Evidence.objects.standing().get()
        assert corrected.supersedes == kept.evidence
        assert corrected.files.get().sha256 == kept.sha256

    def test_what_is_taken_back_counts_no_more_and_stays_readable(self, signed_in, kept):
        address = f"/minh-chung/{kept.evidence_id}/rut/"
        assert signed_in.get(address).status_code == 200
        page = signed_in.post(address, {"reason": "Nhập nhầm"}, follow=True).content.decode()
        assert "Nhập nhầm" in page
        assert not Evidence.objects.standing().exists()
        assert signed_in.post(address, {"reason": ""}).status_code == 404

    def test_what_was_checked_can_no_longer_be_changed(self, signed_in, standing, kept):
        confirmed = confirm(evidence=kept.evidence, by=standing.dung, at=NOW)
        for verb in ("sua", "rut"):
            assert signed_in.get(f"/minh-chung/{confirmed.pk}/{verb}/").status_code == 404
            assert signed_in.get(f"/minh-chung/{kept.evidence_id}/{verb}/").status_code == 404

    def test_others_evidence_is_none_of_ones_business(self, client, standing, kept):
        client.force_login(standing.chi)
        for verb in ("sua", "rut", "niem-phong"):
            assert client.get(f"/minh-chung/{kept.evidence_id}/{verb}/").status_code == 404


class TestProof:
    def test_waits_then_proves_then_checks_elsewhere(self, signed_in, standing, kept, tmp_path):
        address = f"/minh-chung/{kept.evidence_id}/niem-phong/"
        assert "chờ niêm phong" in signed_in.get(address).content.decode()
        assert signed_in.get(f"/minh-chung/{kept.evidence_id}/bang-chung.json").status_code == 404

        seal(at=NOW)

        assert "Vừa kiểm tra" in signed_in.get(address).content.decode()
        proof = tmp_path / "proof.json"
        proof.write_bytes(signed_in.get(f"/minh-chung/{kept.evidence_id}/bang-chung.json").content)
        key = tmp_path / "key.txt"
        key.write_text(LedgerKey.objects.get().public_key)
        script = tmp_path / "verifier.py"
        script.write_bytes(signed_in.get("/minh-chung/niem-phong/verifier.py").content)
        run = [sys.executable, str(script), "--key", str(key), str(proof)]
        assert subprocess.run(run, cwd=tmp_path, env={}, capture_output=True).returncode == 0
        proof.write_text(proof.read_text().replace("kỹ năng số", "kỹ năng gì"))
        refused = subprocess.run(run, cwd=tmp_path, env={}, capture_output=True, text=True)
        assert refused.returncode == 1
        assert "REFUSED: the entry was changed" in refused.stderr


class TestRegister:
    @pytest.fixture
    def ledger(self, standing):
        for part in range(2):
            fill(standing.an.person, 3, at=NOW + part * datetime.timedelta(hours=1))

    def test_is_public_and_names_nobody(self, client, standing, ledger):
        page = client.get("/minh-chung/niem-phong/").content.decode()
        assert Checkpoint.objects.get(number=2).root[:16] in page
        assert standing.an.person.full_name not in page
        assert client.get("/minh-chung/niem-phong/2.txt").content.decode().startswith(HEADER)
        assert client.get("/minh-chung/niem-phong/3.txt").status_code == 404

    def test_a_kept_checkpoint_is_checked_against_the_log(self, client, ledger):
        text = signed(Checkpoint.objects.get(number=1)).text
        assert "Khớp" in client.post("/minh-chung/niem-phong/", {"text": text}).content.decode()
        changed = text.replace("size: 3", "size: 4")
        assert "Không khớp" in client.post("/minh-chung/niem-phong/", {"text": changed}).content.decode()
        assert "Không khớp" in client.post("/minh-chung/niem-phong/", {"text": "{}"}).content.decode()

    def test_a_kept_checkpoint_shows_that_the_tail_was_cut(self, client, ledger):
        text = signed(Checkpoint.objects.get(number=2)).text
        with as_intruder() as cursor:
            cursor.execute('DELETE FROM evidence_leaf WHERE "index" >= 3')
            cursor.execute("DELETE FROM evidence_checkpoint WHERE number = 2")
        assert "thiếu những mục" in client.post("/minh-chung/niem-phong/", {"text": text}).content.decode()

    def test_two_checkpoints_are_compared(self, client, ledger):
        page = client.get("/minh-chung/niem-phong/", {"cu": 1, "moi": 2}).content.decode()
        assert "Điểm niêm phong 2 nối tiếp điểm niêm phong 1" in page
        assert check(client.get("/minh-chung/niem-phong/1-2.json").content.decode(), [public_key()])
        assert "Không có điểm niêm phong" in client.get("/minh-chung/niem-phong/?cu=1&moi=9").content.decode()

    def test_queries_do_not_grow_with_rows(self, client, standing, ledger):
        page = lambda: client.get("/minh-chung/niem-phong/")  # noqa: E731
        assert_constant_queries(page, lambda: fill(standing.an.person, 2, at=NOW + datetime.timedelta(days=1)))


class TestVerify:
    ADDRESS = "/minh-chung/xac-nhan/"

    def test_lists_what_waits_in_reach_with_its_provenance(self, client, standing, kept):
        client.force_login(standing.dung)
        page = client.get(self.ADDRESS).content.decode()
        assert standing.an.person.full_name in page
        assert "Chưa ai kiểm tra" in page
        client.force_login(standing.ha)
        assert standing.an.person.full_name not in client.get(self.ADDRESS).content.decode()

    @pytest.mark.parametrize("who", ["an", "binh", "chi"])
    def test_is_not_there_for_others(self, client, standing, kept, who):
        client.force_login(getattr(standing, who))
        assert client.get(self.ADDRESS).status_code == 404
        assert client.post(f"{self.ADDRESS}{kept.evidence_id}/dong-y/").status_code == 404

    def test_confirms_once(self, client, standing, kept):
        client.force_login(standing.dung)
        address = f"{self.ADDRESS}{kept.evidence_id}/dong-y/"
        assert "Đã xác nhận" in client.post(address, follow=True).content.decode()
        assert client.post(address).status_code == 404
        assert Evidence.objects.standing().get().verification == "document_seen"

    def test_a_refusal_needs_a_reason_which_the_person_reads_and_may_correct(self, client, standing, kept):
        client.force_login(standing.dung)
        address = f"{self.ADDRESS}{kept.evidence_id}/tu-choi/"
        assert client.post(address, {"reason": ""}).status_code == 422
        client.post(address, {"reason": "Ảnh mờ, không đọc được"})
        assert kept.evidence.title not in client.get(self.ADDRESS).content.decode().partition("<h2>")[2]
        client.force_login(standing.an)
        page = client.get(MINE, {"nam": 2026}).content.decode()
        assert "Ảnh mờ, không đọc được" in page
        assert "/sua/" in page

    def test_queries_do_not_grow_with_rows(self, client, standing, kept):
        client.force_login(standing.dung)

        def more():
            for person in (standing.an, standing.chi):
                for _number in range(3):
                    declare(
                        person=person.person, kind=Kind.EXTERNAL_CERTIFICATE, title="Khác", occurred_at=NOW,
                        details={"issuer": "X"}, upload=inspect(ContentFile(PDF, name="a.pdf"), limit=100),
                        token=uuid.uuid4(), by=person, at=NOW,
                    )  # fmt: skip

        assert_constant_queries(lambda: client.get(self.ADDRESS), more)


def public_key():
    return read_key(LedgerKey.objects.get().public_key)
