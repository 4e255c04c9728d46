"""Notes and marks at a lesson: kept, found again where they belong, and seen by nobody else."""

import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from learning.tracking.actions import Noted, enrol, move_enrolments, move_own, own, set_goal, visit, write_note
from learning.tracking.courses import notes
from learning.tracking.models import Note, StepProgress, WeeklyGoal
from learning.tracking.models.own import LENGTH_OF_NOTES
from membership.actions import erase_person
from membership.export import export
from tests.factories.pages import add_lesson
from tests.factories.people import PersonFactory
from tests.queries import assert_constant_queries, count_queries
from tests.taken import told
from training_materials.blocks import bodies
from training_materials.blocks.bodies import fresh_body_html, parts
from training_materials.models import LessonPage

COURSE = "/hoc-tap/ky-nang-so/"
LESSON = f"{COURSE}dai/"
ALL = "/hoc-tap/ghi-chu/"
WORD = "Bồ công anh"
BODY = [
    ("heading", "Vì sao"),
    ("text", "<p>Mật khẩu ngắn thì <b>dễ đoán</b> &amp; dễ lộ.</p>"),
    ("heading", "Làm thế nào"),
    ("text", "<p>Ghép bốn từ.</p><p>Đừng dùng ngày sinh.</p>"),
]


@pytest.fixture
def lesson(school):
    return add_lesson(school.course, "Mật khẩu dài", slug="dai", body=BODY)


@pytest.fixture
def enrolment(an, school, lesson):
    return enrol(person=an.person, course=school.course, by=an, at=timezone.now())


def write(client, address=LESSON, **said):
    return client.post(f"{address}ghi-chu/", {"key": str(uuid.uuid4()), **said})


def noted(enrolment, lesson, *, text="", passage="", part=None):
    said = Noted(part, passage, text)
    return write_note(enrolment=enrolment, step=lesson, key=uuid.uuid4(), noted=said, at=timezone.now())


def read(client, address=LESSON):
    return client.get(address).content.decode()


def reworded(lesson, old, new):
    for block in lesson.body.raw_data:
        block["value"] = block["value"].replace(old, new)
    lesson.save_revision().publish()


class TestWriting:
    def test_a_note_stands_at_its_lesson_and_on_the_page_of_all(self, signed_in, enrolment):
        response = write(signed_in, text=f"{WORD}\nhai dòng <b>", part="lam-the-nao")
        assert response.url == f"{LESSON}#o_ghi-chu"
        assert f"{WORD}<br>hai dòng &lt;b&gt;" in read(signed_in)
        everything = read(signed_in, ALL)
        assert WORD in everything
        assert f'href="{LESSON}#lam-the-nao"' in everything

    def test_a_part_is_marked_without_words(self, signed_in, enrolment):
        write(signed_in, part="vi-sao")
        note = Note.objects.get()
        assert (note.part_title, note.text, note.passage) == ("Vì sao", "", "")

    def test_nothing_at_all_is_no_note(self, signed_in, enrolment):
        response = write(signed_in, text="  ")
        assert "Bạn hãy viết điều gì đó" in response.content.decode()
        assert not Note.objects.exists()

    def test_what_is_refused_stays_in_its_field(self, signed_in, enrolment):
        assert WORD in write(signed_in, text=WORD, part="khong-co").content.decode()
        assert not Note.objects.exists()

    def test_what_arrives_twice_is_one_note_as_it_came_last(self, signed_in, enrolment):
        key = str(uuid.uuid4())
        for text, part in (("một", ""), ("một", ""), ("một, và thêm", "vi-sao")):
            write(signed_in, key=key, text=text, part=part)
        note = Note.objects.get()
        assert (note.text, note.part_title) == ("một, và thêm", "Vì sao")

    def test_another_passage_under_the_same_key_is_another_mark(self, signed_in, enrolment):
        key = str(uuid.uuid4())
        for passage in ("dễ đoán", "dễ đoán", "ngày sinh"):
            write(signed_in, key=key, passage=passage)
        assert sorted(note.passage for note in Note.objects.all()) == ["dễ đoán", "ngày sinh"]

    def test_an_end_of_a_line_counts_as_one_sign(self, signed_in, enrolment, lesson):
        text = "x" * (LENGTH_OF_NOTES - 1)
        write(signed_in, text="\r\n".join([text[:-1], "y"]))
        note = Note.objects.get()
        assert note.text == f"{text[:-1]}\ny"
        signed_in.post(f"{ALL}{note.pk}/", {"text": "\r\n".join([text[:-1], "z"])})
        assert Note.objects.get().text == f"{text[:-1]}\nz"

    @pytest.mark.parametrize("place", [{}, {"all": "1"}])
    @pytest.mark.parametrize(("text", "reason"), [("x" * 5001, "5000"), (" ", "phải có chữ")])
    def test_a_refused_correction_says_why_and_stays_in_its_field(
        self, signed_in, enrolment, lesson, place, text, reason
    ):
        note = noted(enrolment, lesson, text="cũ")
        response = signed_in.post(f"{ALL}{note.pk}/", {"text": text, **place})
        page = response.content.decode()
        assert reason in page
        field = page.split('aria-invalid="true"')[1].split("</textarea>")[0]
        assert field.endswith(text.strip() or text)
        assert ("data-notes" in page) is not bool(place)
        assert Note.objects.get().text == "cũ"

    def test_a_lesson_holds_so_many_and_keeps_what_was_typed_beyond(self, signed_in, enrolment, lesson, monkeypatch):
        monkeypatch.setattr(own, "MOST_NOTES_OF_A_STEP", 1)
        key = str(uuid.uuid4())
        write(signed_in, key=key, text="một")
        page = write(signed_in, text=WORD).content.decode()
        assert "nhiều nhất 1 ghi chú" in page
        assert f"{WORD}</textarea>" in page
        write(signed_in, key=key, text="một, và thêm")
        assert Note.objects.get().text == "một, và thêm"

    def test_whoever_keeps_very_much_at_once_is_told_and_loses_nothing(self, one_rate_period, signed_in, enrolment):
        for number in range(120):
            write(signed_in, text=str(number), part="khong-co")
        page = write(signed_in, text=WORD).content.decode()
        assert "rất nhiều trong một giờ" in page
        assert f"{WORD}</textarea>" in page
        assert not Note.objects.exists()

    def test_all_of_them_come_page_by_page(self, signed_in, enrolment, lesson, monkeypatch):
        monkeypatch.setattr(notes, "_PER_PAGE", 2)
        keys = [noted(enrolment, lesson, text=f"Câu {number}.").pk for number in range(3)]
        assert "Câu 2." not in read(signed_in, ALL)
        assert "Câu 2." in read(signed_in, f"{ALL}?page=2")
        assert signed_in.post(f"{ALL}{keys[2]}/", {"text": "đổi", "all": "2"}).url == f"{ALL}?page=2"

    def test_is_worded_anew_and_deleted(self, signed_in, enrolment, lesson):
        address = f"{ALL}{noted(enrolment, lesson, text='cũ').pk}/"
        assert signed_in.post(address, {"text": "mới"}).url == f"{LESSON}#o_ghi-chu"
        assert signed_in.post(address, {"text": "mới", "all": "1"}).url == ALL
        assert Note.objects.get().text == "mới"
        signed_in.post(address, {"drop": "1"})
        assert not Note.objects.exists()

    def test_words_of_a_mark_may_go(self, signed_in, enrolment, lesson):
        note = noted(enrolment, lesson, text="cũ", passage="dễ đoán")
        signed_in.post(f"{ALL}{note.pk}/", {"text": ""})
        note.refresh_from_db()
        assert note.text == ""

    def test_who_is_not_enrolled_has_no_room_for_notes(self, signed_in, school):
        add_lesson(school.course, "Mở", slug="mo", is_open=True)
        assert "data-notes" not in read(signed_in, f"{COURSE}mo/")
        assert write(signed_in, f"{COURSE}mo/", text="x").status_code == 404

    def test_what_was_typed_outlives_the_session(self, client, enrolment):
        response = client.post(f"{LESSON}ghi-chu/", {"text": WORD}, headers={"Origin": "http://testserver"})
        assert response.status_code == 401
        assert WORD in response.content.decode()
        response = client.post(f"{LESSON}ghi-chu/", {"text": WORD}, headers={"Sec-Fetch-Dest": "empty"})
        assert (response.status_code, response["Content-Type"]) == (401, "application/json")

    def test_a_page_of_another_account_writes_nothing(self, signed_in, enrolment):
        address, said = f"{LESSON}ghi-chu/", {"key": str(uuid.uuid4()), "text": WORD}
        assert signed_in.post(address, said, headers={"X-Account": "0"}).status_code == 401
        assert not Note.objects.exists()


class TestMarks:
    def test_a_passage_is_found_across_blocks_and_tags(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, passage="dễ đoán & dễ lộ. Làm thế nào Ghép bốn từ.")
        assert "không còn" not in read(signed_in)

    def test_a_lesson_that_was_never_published_reads_its_marks_too(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, passage="ngày sinh")
        LessonPage.objects.update(last_published_at=None)
        assert "không còn" not in read(signed_in)

    def test_the_lesson_is_read_once_for_all_marks(self, signed_in, enrolment, lesson, monkeypatch):
        for passage in ("dễ đoán", "ngày sinh", "bốn từ"):
            noted(enrolment, lesson, passage=passage)
        drawn = []
        monkeypatch.setattr(bodies, "body_html", lambda page: drawn.append(page) or fresh_body_html(page))
        read(signed_in)
        assert len(drawn) == 1

    def test_a_passage_that_was_edited_away_says_so(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, passage="ngày sinh", part=parts(lesson.body)[1])
        reworded(lesson, "ngày sinh", "tên con")
        page = read(signed_in)
        assert "những chữ này không còn trong bài" in page
        assert "ngày sinh" in page  # it is kept all the same

    def test_a_part_whose_heading_is_worded_anew_is_still_the_part(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, part=parts(lesson.body)[1])
        reworded(lesson, "Làm thế nào", "Các bước")
        assert 'href="#cac-buoc"' in read(signed_in)
        assert f'href="{LESSON}#cac-buoc"' in read(signed_in, ALL)

    def test_a_part_that_was_taken_out_says_so(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, part=parts(lesson.body)[1])
        lesson.body = BODY[:2]
        lesson.save_revision().publish()
        for address in (LESSON, ALL):
            assert "phần này không còn trong bài" in read(signed_in, address)
        assert "Làm thế nào" in read(signed_in, ALL)

    def test_a_long_passage_is_looked_for_by_its_ends(self, signed_in, enrolment, lesson):
        noted(enrolment, lesson, passage="một hai ba bốn năm-sáu bảy tám chín mười")
        assert "#main:~:text=m%E1%BB%99t%20hai%20ba%20b%E1%BB%91n,b%E1%BA%A3y%20" in read(signed_in, ALL)

    def test_notes_outlive_their_lesson_and_course(self, signed_in, enrolment, lesson, school):
        noted(enrolment, lesson, text=WORD)
        lesson.unpublish()
        assert "Bài học này không còn mở" in read(signed_in, ALL)
        school.course.delete()
        page = read(signed_in, ALL)
        assert WORD in page
        assert "Mật khẩu dài" in page

    def test_headings_that_say_the_same_and_names_of_the_page_are_told_apart(self, signed_in, enrolment, school):
        titles = ("Ghi chú", "Hỏi đáp", "Giúp ích", "Ghi chú", "Ghi chú 2", "Ghi chú")
        add_lesson(school.course, "Trùng", slug="trung", body=[("heading", title) for title in titles])
        address = f"{COURSE}trung/"
        page = read(signed_in, address)
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert [name for name in ids if ids.count(name) > 1] == []
        offered = re.findall(r'<option value="([^"]+)"', page.split('id="note_part"')[1].split("</select>")[0])
        assert offered == [
            "ghi-chu", "hoi-dap", "giup-ich", "ghi-chu-2", "ghi-chu-2-2", "ghi-chu-3"
        ]  # fmt: skip
        assert set(offered) <= set(ids)
        write(signed_in, address, part="ghi-chu-3")
        assert 'href="#ghi-chu-3"' in read(signed_in, address)


class TestPrivacy:
    @pytest.mark.parametrize("who", ["binh", "chi", "dung", "lan", "giang", "minh", "ha"])
    def test_nobody_else_sees_or_changes_them(self, standing, school, enrolment, lesson, who):
        note, client, other = noted(enrolment, lesson, text=WORD, passage="ngày sinh"), Client(), getattr(standing, who)
        client.force_login(other)
        enrol(person=other.person, course=school.course, by=other, at=timezone.now())
        about = f"/hoc-tap/ban-ghi/{standing.an.person_id}/"
        pages = (LESSON, ALL, COURSE, "/hoc-tap/", about)
        assert [address for address in pages if WORD in client.get(address, follow=True).content.decode()] == []
        assert WORD not in str(export(other.person))
        for said in ({"text": "đổi"}, {"drop": "1"}):
            assert client.post(f"{ALL}{note.pk}/", said).status_code in (302, 404)  # staff set up their factor first
        write(client, key=str(note.pk), text="đè lên")
        assert Note.objects.get().text == WORD

    def test_the_key_of_anothers_note_is_404(self, client, standing, school, enrolment, lesson):
        note, ha = noted(enrolment, lesson, text=WORD), standing.ha
        enrol(person=ha.person, course=school.course, by=ha, at=timezone.now())
        client.force_login(ha)
        assert write(client, key=str(note.pk), text="đè lên").status_code == 404
        assert client.post(f"{ALL}{note.pk}/", {"drop": "1"}).status_code == 404

    def test_visitors_are_led_to_sign_in(self, client, enrolment):
        assert client.get(ALL).url.startswith("/tai-khoan/")

    def test_they_go_along_and_are_erased(self, signed_in, standing, enrolment, lesson):
        noted(enrolment, lesson, text=WORD)
        set_goal(person=standing.an.person, days=2, at=timezone.now())
        taken = told(signed_in.get("/tai-khoan/du-lieu.zip"))
        assert (taken["notes"][0]["text"], taken["notes"][0]["lesson"]) == (WORD, "Mật khẩu dài")
        assert taken["weekly_goal"][0]["days"] == 2
        erase_person(person=standing.an.person, by=standing.dung, at=timezone.now())
        assert not Note.objects.exists()
        assert not WeeklyGoal.objects.exists()

    @pytest.mark.parametrize("is_taken_by_both", [True, False])
    def test_they_follow_a_person_into_the_record_that_stays(self, standing, school, lesson, is_taken_by_both, an):
        duplicate, now = PersonFactory(), timezone.now()
        noted(enrol(person=duplicate, course=school.course, by=None, at=now), lesson, text=WORD)
        set_goal(person=duplicate, days=5, at=now)
        if is_taken_by_both:
            enrol(person=an.person, course=school.course, by=an, at=now)
            set_goal(person=an.person, days=1, at=now)
        for _time in range(2):
            for part in (move_enrolments, move_own):
                part(duplicate=duplicate, into=an.person, by=standing.dung, at=now)
        assert Note.objects.of(an).get().text == WORD
        assert [(goal.person, goal.days) for goal in WeeklyGoal.objects.all()] == [
            (an.person, 1 if is_taken_by_both else 5)
        ]


class TestPlace:
    def test_a_lesson_keeps_the_part_that_was_read_last(self, signed_in, enrolment, lesson):
        signed_in.post(f"{LESSON}dang-hoc/", {"part": "lam-the-nao"})
        signed_in.post(f"{LESSON}dang-hoc/")  # opened again: nothing is forgotten
        assert StepProgress.objects.get().part == "lam-the-nao"
        page = re.sub(r"\s+", " ", read(signed_in))
        assert 'Lần trước bạn đọc đến: <a href="#lam-the-nao">' in page

    def test_it_offers_none_that_is_gone_or_the_first_or_when_one_has_finished(self, signed_in, enrolment, lesson):
        for part in ("khong-co", "vi-sao", "x" * 500):
            visit(enrolment=enrolment, step=lesson, at=timezone.now(), part=part[:60])
            assert "Lần trước bạn đọc đến" not in read(signed_in)
        signed_in.post(f"{LESSON}dang-hoc/", {"part": "lam-the-nao"})
        signed_in.post(f"{LESSON}xong/")
        assert "Lần trước bạn đọc đến" not in read(signed_in)


class TestQueries:
    def test_neither_page_grows_with_notes(self, signed_in, enrolment, lesson, school):
        noted(enrolment, lesson, text="một", passage="dễ đoán")

        def more():
            for number in range(5):
                other = add_lesson(school.course, f"Bài {number}", body=BODY)
                noted(enrolment, other, text="hai", part=parts(other.body)[0])
                noted(enrolment, lesson, passage="ngày sinh")
            read(signed_in)

        assert_constant_queries(lambda: [read(signed_in), read(signed_in, ALL)], more)

    def test_a_lesson_costs_one_query_more_for_them(self, signed_in, enrolment, lesson, monkeypatch):
        read(signed_in)
        with_notes = count_queries(lambda: read(signed_in))
        monkeypatch.setattr(type(lesson), "is_read", False)
        assert with_notes - count_queries(lambda: read(signed_in)) == 1
