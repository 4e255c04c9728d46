"""What learners do."""

from learning.tracking.models.own import Note, WeeklyGoal
from learning.tracking.models.progress import (
    ActivityPage,
    CourseCertificate,
    Enrolment,
    Play,
    PlayResult,
    PlayState,
    StepProgress,
)
from learning.tracking.models.statements import (
    ActivityDefinition,
    Attachment,
    AttachmentUse,
    Credential,
    Document,
    Launch,
    LearnerAlias,
    Scope,
    Statement,
    StatementErasure,
    StatementTerm,
    Voiding,
)
