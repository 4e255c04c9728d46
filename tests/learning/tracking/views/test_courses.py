import datetime

import pytest
from django.urls import reverse

from learning.evidence.models import Evidence
from learning.tracking.actions import complete_step, enrol, visit
from learning.tracking.models import Enrolment, StepProgress
from tests.factories.evidence import NOW
from tests.factories.pages import add_course, add_lesson
from tests.queries import assert_constant_queries, count_queries
from training_materials.models import CoursePage

COURSE = "/hoc-tap/ky-nang-so/"
FIRST = f"{COURSE}mat-khau/"


@pytest.fixture
def enrolment(an, school):
    return enrol(person=an.person, course=school.course, by=an, at=NOW)


class TestToday:
    def test_asks_to_sign_in(self, client, school):
        assert client.get("/hoc-tap/").url.startswith("/tai-khoan/")

    def test_empty_state_says_how_to_start(self, signed_in, school):
        page = signed_in.get("/hoc-tap/").content.decode()
        assert "Bạn chưa bắt đầu khóa học nào" in page
        assert "Kỹ năng số cơ bản" in page  # among the suggested

    def test_offers_to_go_on_at_the_step_visited_last(self, signed_in, school, enrolment):
        visit(enrolment=enrolment, step=school.first, at=NOW)
        visit(enrolment=enrolment, step=school.second, at=NOW + datetime.timedelta(minutes=1))

        assert f"{COURSE}thu-dien-tu/" in signed_in.get("/hoc-tap/").content.decode()

    def test_vanished_course_stays_listed(self, signed_in, school, enrolment):
        school.course.delete()
        page = signed_in.get("/hoc-tap/").content.decode()
        assert "Kỹ năng số cơ bản" in page
        assert "Khóa học không còn mở" in page

    def test_unpublished_course_stays_listed(self, signed_in, school, enrolment):
        school.course.unpublish()
        assert "Khóa học không còn mở" in signed_in.get("/hoc-tap/").content.decode()

    def test_account_without_person_is_told_why(self, client, django_user_model, school):
        client.force_login(django_user_model.objects.create_user("may", "may@example.vn", "x"))
        assert "không gắn với người học" in client.get("/hoc-tap/").content.decode()

    def test_queries_do_not_grow_with_courses(self, signed_in, an, school, enrolment):
        def more():
            for number in range(4):
                course = add_course(school.index, f"Khóa {number}")
                step = add_lesson(course, "Bài", slug="bai")
                visit(enrolment=enrol(person=an.person, course=course, by=an, at=NOW), step=step, at=NOW)

        def call():
            assert signed_in.get("/hoc-tap/").status_code == 200

        call()
        before = count_queries(call)
        more()
        call()  # the outline of the course to resume is built once
        assert count_queries(call) <= before


class TestCourse:
    def test_says_what_is_still_open(self, signed_in, school, enrolment):
        page = signed_in.get(COURSE).content.decode()
        assert "Vì sao tôi chưa hoàn thành?" in page
        assert "Mật khẩu mạnh" in page

    def test_finished_course_shows_its_evidence(self, signed_in, school, enrolment):
        for step in (school.first, school.second):
            complete_step(enrolment=enrolment, step=step, at=NOW)
        page = signed_in.get(COURSE).content.decode()
        assert "Bạn đã hoàn thành khóa học này" in page
        assert "04/05/2026" in page
        assert reverse("evidence:mine") in page

    def test_unpublished_course_is_shown_to_who_took_it(self, signed_in, school, enrolment):
        school.course.unpublish()
        assert "kết quả của bạn vẫn được giữ" in signed_in.get(COURSE).content.decode()

    def test_unpublished_course_is_unknown_to_others(self, signed_in, school):
        school.course.unpublish()
        assert signed_in.get(COURSE).status_code == 404

    def test_who_is_not_enrolled_lands_on_the_course_page(self, signed_in, school):
        assert signed_in.get(COURSE).url == "/khoa-hoc/ky-nang-so/"

    def test_unknown_course_is_404(self, signed_in, school):
        assert signed_in.get("/hoc-tap/khong-co/").status_code == 404


class TestEnrol:
    def test_one_press_leads_into_the_first_step(self, signed_in, an, school):
        assert signed_in.post(f"{COURSE}ghi-danh/").url == FIRST
        assert Enrolment.objects.get().person == an.person

    def test_twice_is_once(self, signed_in, school):
        signed_in.post(f"{COURSE}ghi-danh/")
        assert signed_in.post(f"{COURSE}ghi-danh/").status_code == 302
        assert Enrolment.objects.count() == 1

    def test_get_writes_nothing(self, signed_in, school):
        assert signed_in.get(f"{COURSE}ghi-danh/").url == "/khoa-hoc/ky-nang-so/"
        assert not Enrolment.objects.exists()

    def test_unmet_prerequisites_are_named(self, signed_in, school):
        advanced = add_course(school.index, "Nâng cao", slug="nang-cao")
        advanced.prerequisites = [school.course]
        advanced.save_revision().publish()

        response = signed_in.post("/hoc-tap/nang-cao/ghi-danh/", follow=True)

        assert not Enrolment.objects.exists()
        assert "Kỹ năng số cơ bản" in str(next(iter(response.context["messages"])))

    def test_account_without_person_is_404(self, client, django_user_model, school):
        client.force_login(django_user_model.objects.create_user("may", "may@example.vn", "x"))
        assert client.post(f"{COURSE}ghi-danh/").status_code == 404


class TestStep:
    def test_shows_the_lesson_with_the_outline_beside(self, signed_in, school, enrolment):
        page = signed_in.get(FIRST).content.decode()
        assert "Mật khẩu dài thì mạnh" in page
        assert "Gửi thư điện tử" in page
        assert f"{FIRST}xong/" in page

    def test_reading_writes_nothing(self, signed_in, school, enrolment):
        signed_in.get(FIRST)
        assert not StepProgress.objects.exists()

    def test_closed_step_leads_who_is_not_enrolled_to_the_course(self, signed_in, school):
        assert signed_in.get(FIRST).url == "/khoa-hoc/ky-nang-so/"

    def test_open_lesson_is_read_without_enrolling(self, signed_in, school):
        add_lesson(school.course, "Mở", slug="mo", is_open=True)
        page = signed_in.get(f"{COURSE}mo/").content.decode()
        assert f"{COURSE}ghi-danh/" in page
        assert f"{COURSE}mo/xong/" not in page

    def test_step_that_went_leads_to_the_course_and_says_so(self, signed_in, school, enrolment):
        school.first.unpublish()
        response = signed_in.get(FIRST, follow=True)
        assert response.redirect_chain == [(COURSE, 302)]
        assert "Phần này không còn trong khóa học" in response.content.decode()

    def test_unknown_step_is_404_to_strangers(self, signed_in, school):
        assert signed_in.get(f"{COURSE}khong-co/").status_code == 404

    def test_stays_within_its_budget_however_long_the_course(self, signed_in, school, enrolment):
        def more():
            for number in range(5):
                add_lesson(school.course, f"Bài {number}")
            signed_in.get(FIRST)

        assert_constant_queries(lambda: signed_in.get(FIRST), more)
        assert count_queries(lambda: signed_in.get(FIRST)) <= 20


class TestFinish:
    def test_leads_to_the_next_step(self, signed_in, school, enrolment):
        assert signed_in.post(f"{FIRST}xong/").url == f"{COURSE}thu-dien-tu/"
        assert StepProgress.objects.get().completed_at

    def test_last_required_step_leads_to_the_result(self, signed_in, school, enrolment):
        signed_in.post(f"{FIRST}xong/")
        response = signed_in.post(f"{COURSE}thu-dien-tu/xong/", follow=True)
        assert response.redirect_chain == [(COURSE, 302)]
        assert "Kết quả đã trở thành minh chứng" in response.content.decode()
        assert Evidence.objects.count() == 1

    def test_pressed_twice_is_once(self, signed_in, school, enrolment):
        for _press in range(2):
            signed_in.post(f"{FIRST}xong/")
            signed_in.post(f"{COURSE}thu-dien-tu/xong/")
        assert Evidence.objects.count() == 1

    def test_get_is_not_taken(self, signed_in, school, enrolment):
        assert signed_in.get(f"{FIRST}xong/").status_code == 405

    def test_without_enrolment_is_404(self, signed_in, school):
        assert signed_in.post(f"{FIRST}xong/").status_code == 404

    def test_of_a_closed_course_or_a_gone_step_is_404(self, signed_in, school, enrolment):
        school.first.unpublish()
        assert signed_in.post(f"{FIRST}xong/").status_code == 404
        school.course.unpublish()
        assert signed_in.post(f"{COURSE}thu-dien-tu/xong/").status_code == 404

    def test_kind_that_finishes_by_itself_takes_no_press(self, signed_in, school, enrolment, monkeypatch):
        monkeypatch.setattr(type(school.first), "is_finished_by_button", False)
        assert signed_in.post(f"{FIRST}xong/").status_code == 404
        assert not StepProgress.objects.exists()


class TestVisit:
    def test_notes_where_to_resume(self, signed_in, school, enrolment):
        assert signed_in.post(f"{COURSE}thu-dien-tu/dang-hoc/").status_code == 204
        assert StepProgress.objects.get().step == school.second.page_ptr

    def test_get_is_not_taken(self, signed_in, school, enrolment):
        assert signed_in.get(f"{FIRST}dang-hoc/").status_code == 405


class TestCoursePage:
    def test_offers_to_enrol(self, signed_in, school):
        page = signed_in.get("/khoa-hoc/ky-nang-so/").content.decode()
        assert f'action="{COURSE}ghi-danh/"' in page

    def test_says_what_has_to_come_first_instead(self, signed_in, school):
        advanced = add_course(school.index, "Nâng cao", slug="nang-cao")
        advanced.prerequisites = [school.course]
        advanced.save_revision().publish()
        page = signed_in.get("/khoa-hoc/nang-cao/").content.decode()
        assert "bạn cần học xong" in page
        assert "/hoc-tap/nang-cao/ghi-danh/" not in page

    def test_goes_on_where_one_left_off_and_marks_what_is_done(self, signed_in, school, enrolment):
        complete_step(enrolment=enrolment, step=school.first, at=NOW)
        page = signed_in.get("/khoa-hoc/ky-nang-so/").content.decode()
        assert "Học tiếp" in page
        assert f'href="{COURSE}thu-dien-tu/"' in page
        assert 'class="is-done"' in page

    def test_says_that_one_has_finished(self, signed_in, school, enrolment):
        for step in (school.first, school.second):
            complete_step(enrolment=enrolment, step=step, at=NOW)
        assert "Bạn đã hoàn thành khóa học này" in signed_in.get("/khoa-hoc/ky-nang-so/").content.decode()

    def test_stays_within_its_budget(self, signed_in, school, enrolment):
        address = "/khoa-hoc/ky-nang-so/"
        signed_in.get(address)
        assert count_queries(lambda: signed_in.get(address)) <= 14
        Enrolment.objects.get().delete()
        assert count_queries(lambda: signed_in.get(address)) <= 14
        assert CoursePage.objects.exists()
