"""Criteria as data: sets with their indicators, rules of evidence, and what scoring leaves."""

from evaluation.criteria.models.scores import Preview, PreviewLine, ScoringRun, SuggestedScores, plain
from evaluation.criteria.models.sets import Anchor, Competency, CriteriaSet, EvidenceRule, Indicator, KindCap
