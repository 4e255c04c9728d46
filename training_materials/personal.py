"""What this app keeps about people: who made what, and the teachers whom pages of courses name."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_TEACHERS = Processing(
    name=_("Teachers named on pages of courses"),
    data=_("Name, place of work, portrait."),
    purpose=_("To tell learners who teaches a course."),
    basis=Basis.CONSENT,
    retention=_("As long as the page names them."),
    stays=RECORDS,
)

declare(_TEACHERS, {"training_materials.CoursePage": "taught_by teacher_place portrait"})
declare_office(
    {
        "training_materials.Library": "installed_by",
        "training_materials.Package": "created_by",
        "training_materials.PackageVersion": "created_by",
        "training_materials.PackageUpload": "created_by ordered_by",
    }
)
declare_impersonal(
    {
        "training_materials.Library": "machine_name major minor patch title is_runnable sha256 files scripts styles "
                                      "needs semantics installed_at",
        "training_materials.Package": "title created_at withdrawn_at",
        "training_materials.PackageVersion": "package number title language main params media bundle created_at",
        "training_materials.PackageUpload": "name file size package state report created_at",
        "training_materials.KnowledgeCheck": "title introduction packed_sha256 questions",
        "training_materials.FlashCards": "title introduction packed_sha256 cards",
        "training_materials.BranchingScenario": "title introduction packed_sha256 meters scenes",
        "training_materials.HotspotPicture": "title introduction packed_sha256 alt question spots",
        "training_materials.Topic": "name slug",
        "training_materials.CourseIndexPage": "introduction",
        "training_materials.CoursePage": "folded_title welcome summary objectives planned_order taken_out",
        "training_materials.SubmittedPage": "task page revision",
        "training_materials.LibraryPage": "introduction",
        "training_materials.MaterialPage": "folded_title summary issuing_body document_number body",
        "training_materials.MaterialFile": "title",
        "training_materials.LessonPage": "folded_title summary body",
    }
)  # fmt: skip
