"""Someone who may write to the database as they like changes the ledger behind its triggers. Each is found, and where.

Runs on whichever database the tests run on; both are run before anything lands.
"""

import datetime
import uuid

import pytest
import uuid_utils.compat as uuid7
from django.db import connection

from learning.evidence.actions import record, seal
from learning.evidence.ledger.log import signed
from learning.evidence.ledger.queue import waiting
from learning.evidence.models import Checkpoint, Entry, Leaf, Unsealed
from tests.factories.evidence import NOW, a_fact
from tests.laid import laid_once
from tests.learning.evidence.ledgers import MINUTE, as_intruder, faults, fill, key

SIZE = 600


@pytest.fixture
@laid_once
def ledger(standing):
    """600 facts under three checkpoints."""
    rows = []
    for part in range(3):
        rows += fill(standing.an.person, SIZE // 3, at=NOW + part * datetime.timedelta(hours=5))
    return rows


def where_is(row):
    return f"entry {Leaf.objects.get(entry_id=row.pk).index} (evidence {row.pk})"


def test_a_sound_ledger_has_no_faults(ledger):
    assert Checkpoint.objects.count() == 3
    assert faults(kept=[signed(checkpoint) for checkpoint in Checkpoint.objects.all()]) == []


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Khác'",
        "score = 1",
        "verification = 'signed'",
        'details = \'{"issuer": "Khác"}\'',
        "occurred_at = '2025-12-31 10:00:00+00:00'",
    ],
)
def test_a_changed_field_is_found(ledger, change):
    with as_intruder() as cursor:
        cursor.execute(f"UPDATE evidence_evidence SET {change} WHERE id = %s", [key(ledger[300].pk)])

    assert faults() == [f"{where_is(ledger[300])}: was changed after it was sealed"]


def test_a_row_removed_from_the_middle_is_found(ledger):
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM evidence_evidence WHERE id = %s", [key(ledger[301].pk)])

    assert faults() == [f"{where_is(ledger[301])}: was removed, and no erasure says so"]


def test_a_row_removed_with_its_leaf_is_found(ledger):
    with as_intruder() as cursor:
        for table, column in (("evidence", "id"), ("salt", "entry_id"), ("leaf", "entry_id")):
            cursor.execute(f"DELETE FROM evidence_{table} WHERE {column} = %s", [key(ledger[301].pk)])

    found = faults()

    assert "entries 301 to 301: their leaves were removed from the log" in found
    assert "entries 256 to 511: their leaves are not those that were sealed" in found


def test_two_swapped_rows_are_found(ledger):
    one, two = ledger[10], ledger[20]
    with as_intruder() as cursor:
        for row, title in ((one, two.title), (two, one.title)):
            cursor.execute("UPDATE evidence_evidence SET title = %s WHERE id = %s", [title, key(row.pk)])

    assert faults() == [f"{where_is(row)}: was changed after it was sealed" for row in (one, two)]


def test_two_leaves_that_changed_places_are_found(ledger):
    with as_intruder() as cursor:
        for old, new in ((10, 9000), (20, 10), (9000, 20)):
            cursor.execute('UPDATE evidence_leaf SET "index" = %s WHERE "index" = %s', [new, old])

    found = faults()

    assert "entries 0 to 255: their leaves are not those that were sealed" in found
    assert "checkpoint 1: its root does not follow from entries 0 to 199" in found


def test_a_tail_that_was_cut_is_found_by_a_checkpoint_kept_elsewhere(ledger):
    kept = signed(Checkpoint.objects.get(number=3))
    with as_intruder() as cursor:
        for row in ledger[400:]:
            cursor.execute("DELETE FROM evidence_evidence WHERE id = %s", [key(row.pk)])
            cursor.execute("DELETE FROM evidence_salt WHERE entry_id = %s", [key(row.pk)])
        cursor.execute('DELETE FROM evidence_leaf WHERE "index" >= 400')
        cursor.execute("DELETE FROM evidence_node WHERE position >= 1")
        cursor.execute("DELETE FROM evidence_checkpoint WHERE number = 3")

    assert faults() == []  # what is left is whole in itself
    assert faults(kept=[kept]) == [
        "checkpoint 3, kept elsewhere: counts 600 entries, the ledger only 400: entries 400 to 599 were cut off"
    ]


def test_a_tail_cut_without_its_checkpoint_is_found_by_the_database_alone(ledger):
    with as_intruder() as cursor:
        cursor.execute('DELETE FROM evidence_leaf WHERE "index" >= 400')

    assert "entries 400 to 599: their leaves were removed from the log" in faults()


def insert_row(like, recorded_at):
    """A row that copies another but for its key and moments, past every door of ours."""
    row = uuid7.uuid7()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_evidence WHERE id = %s", [key(like.pk)])
        names = [column[0] for column in cursor.description]
        values = dict(zip(names, cursor.fetchone(), strict=True))
        values |= {"id": key(row), "recorded_at": recorded_at, "source_key": f"smuggled:{uuid.uuid4()}"}
        places = ", ".join(["%s"] * len(names))
        cursor.execute(f"INSERT INTO evidence_evidence ({', '.join(names)}) VALUES ({places})", list(values.values()))
    return row


def test_a_backdated_row_is_found(ledger):
    row = insert_row(ledger[0], NOW)

    [found] = faults()

    assert found.startswith(f"evidence {row}: was inserted past the ledger's door, backdated: it claims 2026-05-04")


def test_a_backdated_row_is_found_after_it_was_sealed_too(ledger, standing):
    row = insert_row(ledger[0], NOW)
    waiting(row, Entry.EVIDENCE, NOW).save()  # as who also holds the key could
    found_waiting = faults()
    record(fact=a_fact(standing.an.person), by=None, at=NOW + datetime.timedelta(days=1))
    seal(at=NOW + datetime.timedelta(days=1))

    assert found_waiting[0].startswith(f"evidence {row}: waits to be sealed, backdated")
    [found] = faults()
    assert found.startswith(f"entry 600 (evidence {row}): was inserted backdated: it claims 2026-05-04")


def test_a_row_that_is_queued_behind_the_sites_back_is_found_and_never_sealed(ledger):
    row = insert_row(ledger[0], NOW + datetime.timedelta(days=1))
    with as_intruder() as cursor:
        cursor.execute(
            "INSERT INTO evidence_unsealed (entry_id, kind, recorded_at, voucher) VALUES (%s, 'evidence', %s, %s)",
            [key(row), NOW + datetime.timedelta(days=1), "f" * 32],
        )

    assert seal(at=NOW + datetime.timedelta(days=1)) == []
    assert faults() == [f"evidence {row}: waits to be sealed, yet the site did not put it there"]


def test_a_removal_that_looks_like_an_erasure_is_found(ledger):
    """An order for the triggers, content and salts gone, an erasure that names the leaves: all but the site's word."""
    taken, erasure = ledger[301], uuid7.uuid7()
    index = Leaf.objects.get(entry_id=taken.pk).index
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM evidence_evidence WHERE id = %s", [key(taken.pk)])
        cursor.execute("DELETE FROM evidence_salt WHERE entry_id = %s", [key(taken.pk)])
        values = [key(erasure), NOW + datetime.timedelta(days=1), f"[{index}]"]
        cursor.execute("INSERT INTO evidence_erasure (id, recorded_at, leaves) VALUES (%s, %s, %s)", values)
    expected = [
        f"erasure {erasure}: is no erasure of the site: it hides what was removed",
        f"entry {index} (evidence {taken.pk}): was removed, and no erasure says so",
    ]

    assert faults() == expected
    Unsealed.objects.create(entry_id=erasure, kind=Entry.ERASURE, recorded_at=NOW + datetime.timedelta(days=1))
    assert seal(at=NOW + datetime.timedelta(days=1)) == []
    assert faults() == [*expected, f"erasure {erasure}: waits to be sealed, yet the site did not put it there"]


def test_a_checkpoint_that_was_changed_is_found(ledger):
    with as_intruder() as cursor:
        cursor.execute("UPDATE evidence_checkpoint SET root = %s WHERE number = 2", ["0" * 64])

    assert faults() == [
        "checkpoint 2: its signature does not match: it was changed, or made without the key",
        "checkpoint 3: does not continue checkpoint 2",
        "checkpoint 2: its root does not follow from entries 0 to 399",
    ]


def test_a_checkpoint_that_was_removed_is_found(ledger):
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM evidence_checkpoint WHERE number = 2")

    assert faults() == ["checkpoints 2 to 2: are missing"]


def test_a_history_written_anew_is_found_by_a_checkpoint_kept_elsewhere(standing):
    """Even with the key: who signs another history cannot take back what was handed out."""
    fill(standing.an.person, 5)
    kept = signed(Checkpoint.objects.get())
    with as_intruder() as cursor:
        for table in ("evidence", "salt", "leaf", "node", "checkpoint"):
            cursor.execute(f"DELETE FROM evidence_{table}")
    fill(standing.an.person, 7, at=NOW + MINUTE)

    assert faults() == []
    assert faults(kept=[kept]) == ["checkpoint 1, kept elsewhere: does not match: entries 0 to 4 were written anew"]


def test_a_row_removed_while_it_waits_is_found(ledger, standing):
    row = record(fact=a_fact(standing.an.person), by=None, at=NOW + datetime.timedelta(days=1))
    with as_intruder() as cursor:
        cursor.execute("DELETE FROM evidence_evidence WHERE id = %s", [key(row.pk)])

    assert faults() == [f"evidence {row.pk}: was removed before it was sealed"]
