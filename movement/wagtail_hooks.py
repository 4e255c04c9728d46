"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "movement",
    {
        "file": (_("Send proposal"), _("Sent a proposal or difficulty")),
        "answer": (_("Answer proposal"), _("Answered a proposal or difficulty")),
        "send_on": (_("Send proposal on"), _("Sent a proposal or difficulty on")),
        "join": (_("Join proposals"), _("Joined a proposal or difficulty to a like one")),
        "part": (_("Take proposals apart"), _("Took a proposal or difficulty apart from a like one")),
        "publish": (_("Publish proposal"), _("Published a proposal or difficulty with its answer")),
        "hide": (_("Publish proposal no longer"), _("Took the publication of a proposal or difficulty back")),
        "withdraw": (_("Take proposal back"), _("Took a proposal or difficulty back")),
        "keep_template_task": (_("Save task of the template"), _("Saved a task of the template of work plans")),
        "remove_template_task": (_("Remove task of the template"), _("Took a task out of the template")),
        "open_plan": (_("Open work plan"), _("Opened a unit's work plan")),
        "add_task": (_("Add task"), _("Added a task to a work plan")),
        "change_task": (_("Change task"), _("Changed a task of a work plan")),
        "remove_task": (_("Remove task"), _("Took a task out of a work plan")),
        "begin_task": (_("Begin task"), _("Noted that a task has begun")),
        "finish_task": (_("Finish task"), _("Noted that a task is done")),
        "drop_task": (_("Drop task"), _("Dropped a task, with the reason")),
        "resume_task": (_("Resume task"), _("Noted that a task is not over")),
        "add_paper": (_("Add paper to task"), _("Added a paper to a task")),
        "remove_paper": (_("Remove paper of task"), _("Took a paper of a task away")),
    },
)
