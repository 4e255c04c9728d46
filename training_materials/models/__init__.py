"""What trainers publish. A Wagtail revision is the version that progress and evidence refer to."""

from training_materials.models.activities import (
    BranchingScenario,
    FlashCards,
    HotspotPicture,
    KnowledgeCheck,
    OwnActivity,
)
from training_materials.models.courses import CourseIndexPage, CoursePage
from training_materials.models.folded import FoldedText
from training_materials.models.library import LibraryPage, MaterialFile, MaterialPage
from training_materials.models.packages import Library, Package, PackageUpload, PackageVersion
from training_materials.models.steps import LessonPage, StepPage
from training_materials.models.submissions import SubmittedPage
from training_materials.models.topics import Audience, Topic
