"""What this app keeps about people: the lines of files that are brought in."""

from django.utils.translation import gettext_lazy as _

from work.processing import DESK, Basis, Processing, declare, declare_impersonal

_LISTS = Processing(
    name=_("Files brought in, and their lines"),
    data=_("What stands in the file: for a roster names, birth, unit, telephone; for each line what would change."),
    purpose=_("To show what a file would change before it does, and to undo it."),
    basis=Basis.DUTY,
    retention=_("The file until it is read; the lines as long as its kind says, and less once the person is erased."),
    ended_by=("forget_imports",),
)

declare(
    _LISTS,
    {
        "intake.Import": "created_by name details content problem",
        "intake.ImportLine": "source code excerpt reasons content",
    },
    withheld=DESK,
)
declare_impersonal({"intake.Import": "kind scope state cursor created_at moved_at applied_at"})
