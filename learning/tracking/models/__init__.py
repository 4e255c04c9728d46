"""What learners do."""

from learning.tracking.models.activities import ActivityPage, Play, PlayResult, PlayState
from learning.tracking.models.clients import Credential, Launch, LearnerAlias, Scope
from learning.tracking.models.documents import Document
from learning.tracking.models.progress import Enrolment, StepProgress
from learning.tracking.models.statements import (
    ActivityDefinition,
    Attachment,
    AttachmentUse,
    Statement,
    StatementErasure,
    StatementTerm,
    Voiding,
)
