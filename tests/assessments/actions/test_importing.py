"""A file of questions: dry run, carrying out, and all that must not happen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments import actions
from assessments.bank.export import exported
from assessments.formats import FORMATS, MOST_BYTES
from assessments.models import Question
from intake.actions import carry_out as apply_import
from intake.actions import discard_import, fail_import, forget_left_behind, order_import, read_import
from intake.models import Import, ImportLine
from tests.assessments.actions.conftest import TEXT
from tests.assessments.conftest import PLAIN, save
from tests.queries import count_queries
from training_materials.models import Topic


def _outcomes(batch):
    return list(batch.lines.order_by("number").values_list("outcome", flat=True))


def test_the_dry_run_says_all_and_changes_nothing(read):
    batch = read()
    assert batch.state == "read"
    assert batch.content is None
    assert _outcomes(batch) == ["create", "create", "skip", "skip"]
    assert all(line.reasons for line in batch.lines.filter(outcome="skip"))
    assert not Question.objects.exists()


def test_carrying_out_makes_the_questions_and_one_log_entry(carry_out, standing, topic):
    batch = carry_out()
    one, two = Question.objects.select_related("current").order_by("-slug")
    assert (one.slug, one.current.body, one.topic, one.difficulty) == ("mot", {"answer": True}, topic, "easy")
    assert (two.slug, two.current.number, two.current.created_by) == ("hai", 1, standing.binh)
    assert Question.objects.matching("ba").count() == 0
    assert Question.objects.matching("mot").get() == one
    assert batch.applied_at
    assert ModelLogEntry.objects.filter(action="intake.apply").count() == 1
    assert not ImportLine.objects.to_write().exists()


def test_the_same_file_again_changes_nothing(carry_out):
    carry_out()
    again = carry_out()
    assert _outcomes(again) == ["same", "same", "skip", "skip"]
    assert set(Question.objects.values_list("current__number", flat=True)) == {1}


def test_a_changed_file_gives_a_new_version_and_leaves_the_old(carry_out):
    carry_out()
    carry_out(TEXT.replace("Một?{T}", "Một?{F}"))
    question = Question.objects.get(slug="mot")
    assert (question.current.number, question.current.body) == (2, {"answer": False})
    assert question.versions.get(number=1).body == {"answer": True}
    assert Question.objects.get(slug="hai").current.number == 1


def test_another_topic_moves_without_a_new_version(carry_out, db):
    other = Topic.objects.create(name="Pháp luật", slug="phap-luat")
    carry_out()
    carry_out("$CATEGORY: phap-luat\n\n// [id:mot] [tag:difficulty-hard]\nMột?{T}")
    question = Question.objects.get(slug="mot")
    assert (question.topic, question.difficulty, question.current.number) == (other, "hard", 1)


def test_the_dry_run_is_judged_anew_when_carried_out(read, standing, topic):
    batch = read()
    save("true_false", topic, standing.binh, slug="mot", prompt="Một?", feedback="", body={"answer": True})
    asked = {"batch": batch, "by": standing.binh, "at": timezone.now()}
    order_import(**asked)
    apply_import(**asked)
    assert _outcomes(batch) == ["same", "create", "skip", "skip"]


def test_a_published_quiz_is_not_left_short(classroom, standing, carry_out):
    Topic.objects.create(name="Khác", slug="khac")
    batch = carry_out("$CATEGORY: khac\n\n// [id:true-false]\nCâu hỏi true_false?{T}")
    assert _outcomes(batch) == ["skip"]
    assert Question.objects.get(slug="true-false").topic == classroom.topic


def test_running_each_step_twice_does_it_once(read, standing):
    asked = {"batch": read(), "by": standing.binh, "at": timezone.now()}
    read_import(**asked)
    apply_import(**asked)
    assert not Question.objects.exists()
    for _time in range(2):
        order_import(**asked)
        apply_import(**asked)
    assert Question.objects.count() == 2
    discard_import(**asked)
    assert Import.objects.get().state == "applied"


def test_a_fault_leaves_an_import_to_go_on_with(begin, read, standing):
    at = timezone.now()
    for _time in range(2):
        broken = fail_import(batch=begin(), by=standing.binh, at=at)
        assert (broken.state, bool(broken.problem)) == ("unreadable", True)
    asked = {"batch": read(), "by": standing.binh, "at": at}
    order_import(**asked)
    for _time in range(2):
        assert fail_import(**asked).state == "read"
    order_import(**asked)
    assert apply_import(**asked).state == "applied"
    assert fail_import(**asked).state == "applied"


def test_a_dry_run_can_be_discarded_twice(read, standing):
    asked = {"batch": read(), "by": standing.binh, "at": timezone.now()}
    discard_import(**asked)
    discard_import(**asked)
    assert not Import.objects.exists()


@pytest.mark.parametrize("who", ["an", "chi", "dung"])
def test_who_manages_no_questions_is_refused(begin, read, standing, who):
    user, at = getattr(standing, who), timezone.now()
    with pytest.raises(PermissionDenied):
        begin(by=user)
    batch = read()
    for action in (
        fail_import,
        read_import,
        order_import,
        apply_import,
        discard_import,
    ):
        with pytest.raises(PermissionDenied):
            action(batch=batch, by=user, at=at)


@pytest.mark.parametrize("content", [b"", b"a" * (MOST_BYTES + 1)])
def test_empty_and_huge_files_are_refused(begin, content):
    with pytest.raises(ValidationError):
        begin(content)


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"Mot\xe1{T}", b"\n\n// x"])
def test_an_unreadable_file_says_why(read, content):
    batch = read(content)
    assert (batch.state, batch.content) == ("unreadable", None)
    assert batch.problem


def test_old_imports_are_forgotten(begin, read):
    read(at=timezone.now() - timezone.timedelta(days=31))
    begin()
    forget_left_behind(at=timezone.now())
    assert Import.objects.count() == 1


@pytest.mark.parametrize("key", [each.key for each in FORMATS.values() if not each.loses])
def test_the_bank_exported_and_imported_again_changes_nothing(classroom, carry_out, key):
    content = exported(FORMATS[key], None)
    batch = carry_out(content, format=key)
    assert _outcomes(batch) == ["same"] * len(PLAIN)


@pytest.mark.parametrize("key", [each.key for each in FORMATS.values() if not each.loses])
def test_an_exported_bank_makes_the_same_one_elsewhere(classroom, carry_out, key):
    content = exported(FORMATS[key], None)
    before = _bank()
    for question in Question.objects.all():
        question.current = None
        question.save()
        question.versions.all().delete()
        question.delete()
    carry_out(content, format=key)
    assert _bank() == before


def _bank():
    rows = Question.objects.values_list("slug", "topic__slug", "difficulty", "current__kind", "current__prompt",
                                        "current__body", "current__feedback", "folded_text")  # fmt: skip
    return sorted(rows, key=lambda row: row[0])


def test_queries_grow_with_chunks_not_with_questions(read, standing):
    def queries_of(count):
        batch = read("\n\n".join(f"// [id:so-{count}-{number}]\nSố {number}{{T}}" for number in range(count)))
        asked = {"batch": batch, "by": standing.binh, "at": timezone.now()}
        order_import(**asked)
        return count_queries(lambda: apply_import(**asked))

    assert queries_of(80) == queries_of(5)


@pytest.mark.parametrize("key", list(FORMATS))
def test_what_the_site_wrote_is_known_again_in_every_format(key, read, standing, topic):
    for slug, prompt in (("a", "Câu một,\nhai dòng?"), ("b", "Câu khác?")):
        save("single_choice", topic, standing.binh, slug=slug, prompt=prompt)
    batch = read(exported(FORMATS[key], None), format=key, difficulty="hard")
    assert _outcomes(batch) == ["same", "same"]


def test_a_file_without_explanations_leaves_them(carry_out, standing, topic):
    text = "Câu một?\nA. Đúng nhất\nB. Sai\nANSWER: A\n"
    carry_out(text, format="aiken")
    slug = Question.objects.get().slug
    save("single_choice", topic, standing.binh, slug=slug, prompt="Câu một?", feedback="Vì sao.")
    assert _outcomes(carry_out(text, format="aiken")) == ["same"]
    carry_out(text.replace("ANSWER: A", "ANSWER: B"), format="aiken")
    current = Question.objects.select_related("current").get().current
    assert (current.number, current.feedback) == (3, "Vì sao.")
    assert [option["is_correct"] for option in current.body["options"]] == [False, True]


def test_a_question_out_of_use_is_no_twin(carry_out, standing, topic):
    text = "Câu một?\nA. Đúng nhất\nB. Sai\nANSWER: A\n"
    retired = save("single_choice", topic, standing.binh, slug="cu", prompt="Câu một?")
    actions.retire_question(question=retired, by=standing.binh, at=timezone.now())
    assert _outcomes(carry_out(text, format="aiken")) == ["create"]
