"""Chains of bodies, dossiers with three figures side by side, meetings, appeals and inspections."""

from evaluation.dossiers.models.chains import Deadline, ReviewChain, ReviewStep, StandIn
from evaluation.dossiers.models.dossier import Dossier, IndicatorScore, Review, ScoreChange
from evaluation.dossiers.models.findings import FollowUp, FollowUpEntry, FollowUpFile
from evaluation.dossiers.models.links import BodyLink, LinkAct, LinkLine
from evaluation.dossiers.models.meetings import Attendance, Meeting, MeetingLine
from evaluation.dossiers.models.oversight import Appeal, InspectedDossier, InspectionSample
