"""What approving publishes. Wagtail's models import this as they load, so it imports none of them."""

from typing import Any


def publish_submission(state: Any, user: Any = None) -> None:
    """A course as it was submitted, its steps before it; of any other page what was written last. Wagtail calls it in
    the transaction of the approval."""
    submitted = state.current_task_state.submitted_pages.select_related("revision").order_by("-page__depth", "page")
    revisions = [one.revision for one in submitted] or [state.content_object.get_latest_revision()]
    for revision in revisions:
        revision.publish(user=user)
