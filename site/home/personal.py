"""What Wagtail and Django keep about people, which stands above no app; and that the site's own pages keep nothing."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from work.processing import (
    ACCOUNT,
    ALL,
    DESK,
    PROVES,
    RECORDS,
    Basis,
    Processing,
    declare,
    declare_impersonal,
    declare_office,
)

_DESKS = Processing(
    name=_("Desks in the back office"),
    data=_("What is being edited, drafts of forms, subscriptions, keys for programs."),
    purpose=_("To keep what an officer is at, so that two do not overwrite each other."),
    basis=Basis.DUTY,
    retention=_("Until the account is erased, and Wagtail's own days for what is left behind."),
    stays=RECORDS,
)
_LOG = Processing(
    name=_("The audit log"),
    data=_("Who did what to which record, and when."),
    purpose=_("To know what was done to which record; it holds numbers, not names."),
    basis=Basis.DUTY,
    retention=_("For good; labels are made pseudonyms when somebody is erased."),
    stays=PROVES,
)

declare(
    _DESKS,
    {
        "wagtailadmin.EditingSession": "user last_seen_at is_editing",
        "wagtailadmin.FormState": "user data last_updated_at",
        "wagtailcore.PageSubscription": "user comment_notifications",
    },
    withheld=DESK,
)
declare(
    _DESKS,
    {"wagtailcore.APIToken": "user name key_hash prefix created revoked_at last_used_at"},
    withheld=_("A secret."),
)
declare(_DESKS, {"wagtailcore.UploadedFile": "uploaded_by_user file"}, withheld=DESK, kept=ACCOUNT)
declare_office(
    {
        "wagtailcore.Comment": "user resolved_by text",
        "wagtailcore.CommentReply": "user text",
        "wagtailcore.Page": "locked_by owner",
        "wagtailcore.Revision": "user",
        "wagtailcore.TaskState": "finished_by comment",
        "wagtailcore.WorkflowState": "requested_by",
        "wagtaildocs.Document": "uploaded_by_user",
        "wagtailimages.Image": "uploaded_by_user",
    }
)
declare(
    _LOG,
    {"wagtailcore.ModelLogEntry": "user label data", "wagtailcore.PageLogEntry": "user label data"},
    withheld=_("What somebody did in an office is theirs to answer for: it is exported to nobody."),
    kept=ACCOUNT,
)
_OF_OTHER_PROJECTS = """
    contenttypes.ContentType sessions.Session taggit.Tag wagtailadmin.EditingSession wagtailadmin.FormState
    wagtailcore.APIToken wagtailcore.Collection wagtailcore.CollectionViewRestriction wagtailcore.Comment
    wagtailcore.CommentReply wagtailcore.Locale wagtailcore.ModelLogEntry wagtailcore.Page wagtailcore.PageLogEntry
    wagtailcore.PageSubscription wagtailcore.PageViewRestriction wagtailcore.ReferenceIndex wagtailcore.Revision
    wagtailcore.Site wagtailcore.Task wagtailcore.TaskState wagtailcore.UploadedFile wagtailcore.Workflow
    wagtailcore.WorkflowState wagtaildocs.Document wagtailembeds.Embed wagtailimages.Image wagtailimages.Rendition
"""
declare_impersonal(dict.fromkeys(_OF_OTHER_PROJECTS.split(), ALL))
# Wagtail's index has other tables on other databases.
declare_impersonal({model._meta.label: ALL for model in apps.get_app_config("wagtailsearch").get_models()})
declare_impersonal({"home.HomePage": "headline introduction", "home.PlainPage": "folded_title body"})
