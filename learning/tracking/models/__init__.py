"""What learners do."""

from learning.tracking.models.progress import Enrolment, StepProgress

__all__ = ["Enrolment", "StepProgress"]
