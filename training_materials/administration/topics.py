"""Topics in Wagtail's admin. Saving goes through the action, not through the form."""

from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from training_materials.actions import save_topic
from training_materials.models import Topic


class TopicCreateView(CreateView):
    def save_instance(self) -> Topic:
        return save_topic(topic=self.form.instance, by=self.request.user, at=timezone.now())


class TopicEditView(EditView):
    def save_instance(self) -> Topic:
        return save_topic(topic=self.form.instance, by=self.request.user, at=timezone.now())


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 250
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("illustration")]
    add_view_class = TopicCreateView
    edit_view_class = TopicEditView
