"""Dossiers of a year in SQL, in the states that a commune has in December: a fifth being written, two fifths on their
way through the bodies, one tenth before the commune, three tenths with their titles; each with its ten indicators, and
three facts for everybody."""

from django.db import connection
from django.utils import timezone

from evaluation.criteria.actions import load_sample
from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions import load_chains
from evaluation.dossiers.models import ReviewChain
from evaluation.reporting.actions import count_year, load_targets
from evaluation.reporting.figures import cutoff, topics_of
from evaluation.reporting.models import Change
from membership.models import Person, TargetGroup, UnitKind, User
from tests.bench_evaluation.population import EVIDENCE

FACTS = 3

_DOSSIERS = """
    INSERT INTO dossiers_dossier (person_id, year, unit_id, "group", criteria_set_id, chain_id, state, current_step_id,
                                  current_unit_id, is_assisted, confirmed_how, fingerprint, identity_level, opened_at,
                                  submitted_at, decided_at)
    SELECT person, %(year)s, chapter, 'residents', %(set)s, %(chain)s,
           CASE WHEN place < 2 THEN 'draft' WHEN place < 7 THEN 'in_review' ELSE 'recognised' END,
           CASE WHEN place BETWEEN 2 AND 6 THEN (%(steps)s::bigint[])[place / 2] END,
           CASE WHEN place BETWEEN 2 AND 6 THEN (ARRAY[chapter, association, commune])[place / 2] END,
           false, '', md5(person::text), '', %(at)s, CASE WHEN place >= 2 THEN %(at)s END,
           CASE WHEN place >= 7 THEN %(at)s END
    FROM (SELECT DISTINCT ON (held.person_id) held.person_id AS person, held.person_id %% 10 AS place,
                 chapter.id AS chapter, association.id AS association, commune.id AS commune
          FROM membership_membership held
          JOIN membership_unit chapter ON chapter.id = held.unit_id AND chapter.kind = 'chapter'
          JOIN membership_unit association ON association.path = left(chapter.path, -4)
          JOIN membership_unit commune ON commune.path = left(association.path, -4)
          WHERE held.role = 'member' ORDER BY held.person_id LIMIT %(size)s) people
"""
_SCORES = """
    INSERT INTO dossiers_indicatorscore (dossier_id, indicator_id, self_points, self_note, self_saved_at,
                                         suggested_points, suggested_trace, reviewed_points)
    SELECT dossier.id, indicator.id, 5 + (dossier.id + indicator.number) %% 5, '', %(at)s,
           4 + (dossier.id * 3 + indicator.number) %% 6, '[]',
           CASE WHEN dossier.state = 'recognised' THEN 8 END
    FROM dossiers_dossier dossier JOIN criteria_indicator indicator
      ON indicator.criteria_set_id = dossier.criteria_set_id
"""
_DECISIONS = """
    INSERT INTO recognition_decision (unit_id, year, number, signed_on, register_year, signer_name, signer_title,
                                      created_at, created_by_id, issued_at, effective_at, way, bases, paper,
                                      paper_sha256, withdrawn_reason)
    SELECT id, %(year)s, '1/QĐ-ĐO', %(at)s::date, %(year)s, 'Người Ký', 'Chủ tịch', %(at)s, %(by)s, %(at)s,
           %(at)s, 'former', '', '', '', ''
    FROM membership_unit WHERE kind = 'commune' AND valid_to IS NULL
"""
_TITLES = """
    WITH given AS (
        SELECT dossier.id, dossier.unit_id, dossier.person_id, decision.id AS decision
        FROM dossiers_dossier dossier
        JOIN membership_unit chapter ON chapter.id = dossier.unit_id
        JOIN membership_unit commune ON commune.path = left(chapter.path, -8)
        JOIN recognition_decision decision ON decision.unit_id = commune.id
        WHERE dossier.state = 'recognised'),
    lines AS (
        INSERT INTO recognition_decisionline (decision_id, dossier_id, position, name, place, despite_double)
        SELECT decision, id, id, 'Người ' || id, 'Chi hội', '' FROM given)
    INSERT INTO recognition_title (decision_id, dossier_id, unit_id, person_id, identity_id, name, place, year, number,
                                   code, total, revoked_reason)
    SELECT decision, id, unit_id, person_id, person_id, 'Người ' || id, 'Chi hội', %(year)s, id || '-1/QĐ-ĐO',
           'DO' || lpad(id::text, 10, '0'),
           80, ''
    FROM given
"""


def fill_dossiers(size: int, by: User) -> int:
    """How many there are, as many as were asked for unless fewer people have a chapter. Counts the year in full at the
    end, as the site does once after what was loaded past its actions."""
    at = timezone.now()
    year = timezone.localdate(at).year
    load_sample(by=None, at=at)
    load_chains(by=None, at=at)
    load_targets(by=None, at=at)
    chain = ReviewChain.objects.get(group=TargetGroup.RESIDENTS, steps__unit_kind=UnitKind.CHAPTER)
    criteria = CriteriaSet.objects.filter(group=TargetGroup.RESIDENTS).order_by("pk").last()
    assert criteria
    values = {"year": year, "set": criteria.pk, "chain": chain.pk, "at": at, "by": by.pk, "size": size,
              "steps": list(chain.steps.order_by("order").values_list("pk", flat=True))}  # fmt: skip
    people = Person.objects.order_by("pk").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers, and nothing checked twice
        for statement in (_DOSSIERS, _SCORES, _DECISIONS, _TITLES):
            cursor.execute(statement, values)
        cursor.execute(EVIDENCE, [people[0], people.last(), FACTS])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT count(*) FROM dossiers_dossier")
        made: int = cursor.fetchone()[0]
    day = cutoff(year, timezone.localdate(at)).day
    count_year(year=year, day=day, topics=topics_of(year, day))
    Change.objects.all().delete()  # everybody was counted just now
    return made
