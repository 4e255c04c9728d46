"""The registers of the movement: what is proposed, what a unit does in a year, what is called for and promised."""

from movement.models.plan import Level, PlanFile, PlanTask, TemplateTask, WorkPlan
from movement.models.proposal import Proposal, ProposalEntry
