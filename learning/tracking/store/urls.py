from django.urls import path, re_path

from learning.tracking.store import views

app_name = "xapi"

urlpatterns = [
    re_path(r"^(?P<name>about|statements|activities|agents|activities/state|activities/profile|agents/profile)$",
            views.resource, name="resource"),
    # Whatever else: the site's pages, with their redirects to a slash at the end, are not asked.
    path("<path:name>", views.resource, name="unknown"),
    path("", views.resource, name="root"),
]  # fmt: skip
