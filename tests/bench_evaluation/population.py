"""A province made in SQL: 300 units in four levels, people in chapters, ten facts for each person."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from evaluation.criteria.actions import load_sample
from evaluation.dossiers.actions import load_chains
from evaluation.reporting.actions import load_targets
from membership.models import Unit, UnitKind
from tests.factories.evaluation import AT
from tests.factories.people import add_unit

COMMUNES = 75
FACTS = 10
STEP = 50_000

PEOPLE = """
    INSERT INTO membership_person (id, code, full_name, folded_name, sort_key, birth_year, citizen_id_hash, created_at)
    SELECT n, 'B' || n, 'Người ' || n, 'nguoi ' || n, 'nguoi ' || n, 1950 + n %% 50, '', now()
    FROM generate_series(1, %s) n
"""
MEMBERSHIPS = """
    INSERT INTO membership_membership (person_id, unit_id, role, is_self_declared, valid_from)
    SELECT n, (%s::bigint[])[1 + n %% %s], 'member', false, DATE '2025-07-01' FROM generate_series(1, %s) n
"""
GROUPS = """
    INSERT INTO membership_targetgroupperiod (person_id, "group", valid_from)
    SELECT n, (ARRAY['residents', 'residents', 'workers', 'officials', 'students'])[1 + n %% 5], DATE '2025-07-01'
    FROM generate_series(1, %s) n
"""
EVIDENCE = """
    INSERT INTO evidence_evidence (id, person_id, kind, title, occurred_at, recorded_at, score, page_key, topics,
                                   source, verification, entered_by, details, source_key)
    SELECT ('01930000-0000-7000-8000-' || lpad(to_hex(n * 16 + f), 12, '0'))::uuid, n,  -- keys in time's order
           (ARRAY['course_completed', 'course_completed', 'course_completed', 'quiz_passed', 'quiz_passed',
                  'attendance', 'attendance', 'external_certificate', 'declaration', 'activity_completed'])
               [1 + (n * 7 + f) %% 10],
           'Một điều đã học', TIMESTAMPTZ '2026-01-02 00:00+07' + ((n * 13 + f * 31) %% 320) * INTERVAL '1 day', now(),
           0.5 + 0.05 * ((n + f) %% 11),
           CASE WHEN (n + f) %% 4 = 0 THEN NULL
                ELSE ('00000000-0000-0000-0000-' || lpad(((n * 3 + f * 17) %% 60)::text, 12, '0'))::uuid END,
           (ARRAY['["ky-nang-so"]', '["tieu-chi-cong-dan-hoc-tap"]', '["phap-luat", "ky-nang-so"]', '["ngoai-ngu"]',
                  '["ke-hoach-hoc-tap"]', '[]', '["suc-khoe"]'])[1 + (n * 5 + f) %% 7]::jsonb,
           'system', (ARRAY['none', 'document_seen', 'server_marked'])[1 + f %% 3], 'own_account', '{}', n || ':' || f
    FROM generate_series(%s, %s) n, generate_series(1, %s) f
"""
# What only slows loading: the measured work uses none of it.
_UNUSED = ("source_key", "unit_id", "recorded")


def populate(size: int, tell) -> None:
    load_sample(by=None, at=AT)
    load_chains(by=None, at=AT)
    load_targets(by=None, at=AT)
    chapters = _units()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PEOPLE, [size])
        cursor.execute(MEMBERSHIPS, [chapters, len(chapters), size])
        cursor.execute(GROUPS, [size])
        kept = _drop_indexes(cursor)
        parts = [(first, min(first + STEP - 1, size)) for first in range(1, size + 1, STEP)]
        with ThreadPoolExecutor(2) as pool:
            for _first, last in pool.map(_write_evidence, parts):
                tell(f"evidence of {last} people")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for definition in kept:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SELECT setval(pg_get_serial_sequence('membership_person', 'id'), %s)", [size])
        cursor.execute("VACUUM (ANALYZE)")


def _write_evidence(part: tuple[int, int]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers
        cursor.execute(EVIDENCE, [*part, FACTS])
    connection.close()
    return part


def _units() -> list[int]:
    province = add_unit(None, UnitKind.PROVINCE, "48", "Thành phố đo")
    for number in range(1, COMMUNES + 1):
        commune = add_unit(_fresh(province), UnitKind.COMMUNE, f"C{number}", f"Xã {number}")
        association = add_unit(commune, UnitKind.ASSOCIATION, f"C{number}-HKH", f"Hội Khuyến học xã {number}")
        for chapter in range(1, 3 if number < COMMUNES else 2):
            add_unit(_fresh(association), UnitKind.CHAPTER, f"C{number}-{chapter}", f"Chi hội {chapter}")
    return list(Unit.objects.filter(kind=UnitKind.CHAPTER).values_list("pk", flat=True))


def _fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


def _drop_indexes(cursor) -> list[str]:
    """Drops the ledger's plain indexes for the loading; gives what builds those again that the measured work uses."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'evidence_evidence'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for name, definition in found if not any(word in name for word in _UNUSED)]
