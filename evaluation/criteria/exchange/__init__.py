"""Criteria sets as files: CASE packages and workbooks, both of the same plain content."""

from evaluation.criteria.exchange.assembly import Part, build, content_of
from evaluation.criteria.exchange.case import parts_of_case, to_case
from evaluation.criteria.exchange.content import ImportRefusedError, Problem, SetContent
from evaluation.criteria.exchange.workbook import parts_of_workbook, to_workbook
