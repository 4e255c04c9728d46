"""Scoring many people in one statement: what ``scoring.suggest`` says of one, said by the database of all."""

from evaluation.criteria.bulk.people import Range, people_in_sets
from evaluation.criteria.bulk.statement import Program, program_of, scored, without
