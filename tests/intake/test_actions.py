"""A file of a kind of the test tree: dry run, carrying out, faults in the middle, undoing, and all that must not be."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from intake import actions, tasks
from intake.models import Import, ImportLine
from membership.actions import erase_person
from membership.models import User
from tests.intake.topics import Topics
from tests.queries import count_queries
from training_materials.models import Topic


def asked(batch, owner):
    return {"batch": batch, "by": owner, "at": timezone.now()}


def outcomes(batch):
    return list(batch.lines.order_by("number").values_list("outcome", flat=True))


def table(count, start="t"):
    return "\n".join(["Mã,Chủ đề", *(f"{start}{number},Chủ đề {number}" for number in range(count))])


def test_the_dry_run_says_all_and_changes_nothing(read):
    Topic.objects.create(slug="b", name="Khác")
    Topic.objects.create(slug="c", name="Ba")
    batch = read()
    assert (batch.state, batch.content) == ("read", None)
    assert outcomes(batch) == ["create", "change", "same", "skip", "create", "create", "create"]
    assert list(batch.lines.values_list("line", flat=True).order_by("number")) == [2, 3, 4, 5, 6, 7, 8]
    assert "không phải" in batch.lines.get(outcome="skip").reasons[0]
    assert set(Topic.objects.values_list("slug", flat=True)) == {"b", "c"}


def test_carrying_out_writes_each_line_once_and_says_so_in_the_log(ordered, owner):
    batch = ordered()
    for _time in range(2):
        batch = actions.carry_out(**asked(batch, owner))
    assert (batch.state, bool(batch.applied_at)) == ("applied", True)
    assert set(Topic.objects.values_list("slug", flat=True)) == set("abcdef")
    entry = ModelLogEntry.objects.get(action="intake.apply")
    assert (entry.user, entry.data) == (owner, {"create": 6, "skip": 1})


def test_a_worker_that_is_killed_in_the_middle_leaves_the_rest_to_another(ordered, owner, monkeypatch):
    batch, whole = ordered(), Topics.write
    with monkeypatch.context() as killing:
        killing.setattr(Topics, "write", lambda run, lines: whole(run, lines) if lines[0].number == 1 else exit())
        with pytest.raises(SystemExit):
            actions.carry_out(**asked(batch, owner))
    assert set(Topic.objects.values_list("slug", flat=True)) == set("abcd")
    tasks.carry_out.call(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, Topic.objects.count()) == ("applied", 6)


def test_a_fault_leaves_an_import_to_go_on_with(ordered, owner, fresh):
    batch = ordered(table(7) + "\nh,Hỏng")
    with pytest.raises(RuntimeError):
        tasks.carry_out.call(str(batch.pk))
    assert (fresh(batch).state, fresh(batch).cursor, Topic.objects.count()) == ("read", 4, 4)
    actions.discard_import(**asked(batch, owner))
    ImportLine.objects.filter(code="h").update(content={"name": "Lành"})
    actions.order_import(**asked(batch, owner))
    tasks.carry_out.call(str(batch.pk))
    assert (fresh(batch).state, Topic.objects.count()) == ("applied", 8)


def test_a_whole_kind_writes_all_or_nothing(ordered, owner, fresh):
    batch = ordered(table(7) + "\nh,Hỏng", kind="whole-topics")
    with pytest.raises(RuntimeError):
        tasks.carry_out.call(str(batch.pk))
    assert (fresh(batch).state, fresh(batch).cursor, Topic.objects.count()) == ("read", 0, 0)


def test_what_the_kind_refuses_is_said_and_can_be_ordered_again(ordered, owner, fresh):
    batch = actions.carry_out(**asked(ordered("Mã,Chủ đề\na,Cấm"), owner))
    assert (batch.state, batch.problem) == ("read", "Hôm nay không nhập được.")
    assert actions.order_import(**asked(batch, owner)).problem == ""


def test_what_is_carried_out_is_undone_once(ordered, owner):
    Topic.objects.create(slug="b", name="Khác")
    batch = actions.carry_out(**asked(ordered(), owner))
    assert Topic.objects.get(slug="b").name == "Hai"
    for _time in range(2):
        actions.order_undoing(**asked(batch, owner))
        batch = actions.carry_out(**asked(batch, owner))
    assert batch.state == "undone"
    assert list(Topic.objects.values_list("slug", "name")) == [("b", "Khác")]
    assert ModelLogEntry.objects.filter(action="intake.undo").count() == 1


def test_a_kind_that_cannot_undo_refuses(ordered, owner):
    batch = actions.carry_out(**asked(ordered(kind="whole-topics"), owner))
    with pytest.raises(PermissionDenied):
        actions.order_undoing(**asked(batch, owner))


@pytest.mark.parametrize("content", [b"", b"a" * 101])
def test_empty_and_huge_files_are_refused(begin, monkeypatch, content):
    monkeypatch.setattr(Topics, "most_bytes", 100)
    with pytest.raises(ValidationError):
        begin(content)


@pytest.mark.parametrize(("limit", "value"), [("most_rows", 6), ("most_seconds", -1)])
def test_a_file_beyond_the_limits_leaves_no_line(read, monkeypatch, limit, value):
    monkeypatch.setattr(Topics, limit, value)
    batch = read()
    assert (batch.state, batch.content, batch.lines.count()) == ("unreadable", None, 0)
    assert batch.problem


def test_a_file_without_rows_says_so(read):
    assert read("Mã,Chủ đề\n").problem


def test_a_fault_while_reading_counts_as_unreadable(begin, owner, monkeypatch, fresh):
    batch = begin()
    monkeypatch.setattr(Topics, "compare", lambda run, rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.read.call(str(batch.pk))
    assert (fresh(batch).state, bool(fresh(batch).problem)) == ("unreadable", True)


def test_who_reads_second_takes_over_from_who_read_first(begin, owner, monkeypatch, fresh):
    batch, compare, inner = begin(), Topics.compare, []

    def interrupted(run, rows):
        if rows[0].line > 2 and not inner:  # within the second chunk another worker reads all
            inner.append("begun")
            inner.append(actions.read_import(**asked(batch, owner)).state)
        return compare(run, rows)

    monkeypatch.setattr(Topics, "compare", interrupted)
    assert actions.read_import(**asked(batch, owner)).state == "read"
    assert inner == ["begun", "read"]
    assert outcomes(batch).count("create") == 6
    assert batch.lines.count() == 7


def test_who_ends_first_after_another_began_anew_does_not_end_it(begin, owner, monkeypatch, fresh):
    batch, settle, others = begin(), actions._settle_read, []

    def late(*about):
        if not others:  # before this reader says that it is done, another begins at the first row
            others.append(actions._start_reading(batch))
        return settle(*about)

    monkeypatch.setattr(actions, "_settle_read", late)
    actions.read_import(**asked(batch, owner))
    assert (fresh(batch).state, bool(fresh(batch).content)) == ("waiting", True)


def test_running_each_step_twice_does_it_once(read, owner):
    batch = read()
    actions.read_import(**asked(batch, owner))
    actions.carry_out(**asked(batch, owner))
    assert not Topic.objects.exists()
    for _time in range(2):
        actions.discard_import(**asked(batch, owner))
    assert not Import.objects.exists()
    assert not ImportLine.objects.exists()


def test_nobody_goes_on_with_anothers_import_nor_where_they_may_not(read, owner, standing):
    batch = read()
    other = User.objects.create_superuser("khac", "khac@example.vn", "not used")
    each = (actions.read_import, actions.order_import, actions.carry_out, actions.fail_import, actions.discard_import,
            actions.order_undoing)  # fmt: skip
    for by in (other, standing.giang):
        for action in each:
            with pytest.raises(PermissionDenied):
                action(batch=batch, by=by, at=timezone.now())
    Import.objects.update(scope="closed")
    batch.refresh_from_db()
    for action in set(each) - {actions.fail_import}:  # whose role has ended may still stop their own
        with pytest.raises(PermissionDenied):
            action(**asked(batch, owner))


def test_who_may_not_begins_none(begin, standing):
    with pytest.raises(PermissionDenied):
        begin(by=standing.giang)
    with pytest.raises(PermissionDenied):
        begin(scope="closed")


def test_old_imports_are_forgotten_and_erasing_an_account_takes_its_imports(read, begin, standing):
    long_ago = timezone.now() - timedelta(days=31)
    waiting, _old, _young = begin(at=long_ago), read(at=long_ago), read()
    assert (actions.forget_left_behind(at=timezone.now()), Import.objects.count()) == (1, 2)
    assert Import.objects.filter(pk=waiting.pk).exists()
    Import.objects.update(created_by=standing.an)
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert not Import.objects.exists()
    assert not ImportLine.objects.exists()


def test_an_import_whose_worker_is_gone_is_given_to_another_once(begin, ordered, fresh):
    waiting, at_work, young = begin(), ordered(table(3)), begin()
    long_ago = timezone.now() - timedelta(minutes=11)
    Import.objects.filter(pk__in=[waiting.pk, at_work.pk]).update(moved_at=long_ago)
    assert tasks.wake_imports() == 2
    assert [fresh(batch).state for batch in (waiting, at_work, young)] == ["read", "applied", "waiting"]
    assert actions.wake_imports(at=timezone.now()) == []


def test_queries_grow_with_chunks_not_with_lines(ordered, owner, monkeypatch):
    monkeypatch.setattr(Topics, "chunk", 500)

    def queries_of(start, count):
        batch = ordered(table(count, start))
        return count_queries(lambda: actions.carry_out(**asked(batch, owner)))

    assert queries_of("a", 5) == queries_of("b", 80)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_double_nothing(ordered, owner):
    batch = ordered(table(200))
    start, failed = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            actions.carry_out(**asked(batch, owner))
        except Exception as wrong:
            failed.append(wrong)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    batch.refresh_from_db()
    assert (failed, batch.state, Topic.objects.filter(slug__startswith="t").count()) == ([], "applied", 200)
    assert ModelLogEntry.objects.filter(action="intake.apply").count() == 1


def test_who_may_no_more_is_not_tried_for_ever_and_nothing_is_carried_out(ordered, fresh, monkeypatch):
    batch = ordered()
    monkeypatch.setattr(Topics, "admits", classmethod(lambda *_asked: False))
    with pytest.raises(PermissionDenied):
        tasks.go_on(actions.carry_out, str(batch.pk))
    assert fresh(batch).state == "read"
    assert not Topic.objects.exists()
    assert not Import.objects.silent(timezone.now() + timedelta(days=1)).exists()


def test_a_file_whose_reading_fails_is_not_kept(begin, fresh, monkeypatch):
    batch = begin()
    monkeypatch.setattr(Topics, "compare", lambda *_asked: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.go_on(actions.read_import, str(batch.pk))
    assert (fresh(batch).state, fresh(batch).content, fresh(batch).lines.count()) == ("unreadable", None, 0)


def test_a_citizen_id_in_a_wrong_column_of_any_file_is_not_kept(read):
    batch = read("Mã,Chủ đề\nKhông phải mã,An 049 158 770 123", name="danh-sach-49158770123.csv")
    assert (batch.name, batch.lines.get().excerpt) == ("danh-sach-….csv", "An …")
