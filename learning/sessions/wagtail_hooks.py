"""Names of the audit log's entries."""

from django.utils.translation import gettext_lazy as _

from interface.office import name_entries

name_entries(
    "sessions",
    {
        "hold_session": (_("Hold session"), _("Planned a session")),
        "change": (_("Change session"), _("Changed a session")),
        "announce": (_("Announce session"), _("Announced a session")),
        "close": (_("Close session"), _("Closed a session")),
        "reopen": (_("Open session again"), _("Opened a session again")),
        "cancel": (_("Cancel session"), _("Cancelled a session")),
        "invite": (_("Invite people"), _("Invited people to a session")),
        "leave_out": (_("Leave out of the invited"), _("Left somebody out of the invited")),
        "remind": (_("Remind the invited"), _("Reminded the invited who had not answered")),
        "print_invitations": (_("Print invitations"), _("Printed the invitations to a session")),
        "repeat": (_("Repeat session"), _("Planned a session again and again")),
        "note_attendance": (_("Note attendance"), _("Noted who was there")),
        "add_material": (_("Add material"), _("Put a link or a file on a session")),
        "remove_material": (_("Remove material"), _("Took a link or a file off a session")),
        "open_paper": (_("Open paper of session"), _("Opened what the office keeps of a session")),
        "undo_attendance": (_("Undo attendance from a file"), _("Took back who was noted from a file")),
        "say_training": (_("Say training"), _("Said what a session trained for")),
    },
)
