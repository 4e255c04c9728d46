from django.urls import path

from movement.views import own, plans, proposals, tasks, template

app_name = "movement"

urlpatterns = [
    path("kien-nghi/", own.own, name="own"),
    path("kien-nghi/<int:pk>/rut/", own.withdraw, name="withdraw"),
    path("kien-nghi/da-tra-loi/", own.answered, name="answered"),
    path("kien-nghi/xu-ly/", proposals.ProposalsView.as_view(), name="proposals"),
    path("kien-nghi/xu-ly/moi/", proposals.write, name="write"),
    path("kien-nghi/xu-ly/<int:pk>/", proposals.proposal, name="proposal"),
    path("ke-hoach/", plans.PlansView.as_view(), name="plans"),
    path("ke-hoach/mo/", plans.open_plan, name="open_plan"),
    path("ke-hoach/den-han/", plans.DueView.as_view(), name="due"),
    path("ke-hoach/mau/", template.TemplateView.as_view(), name="template"),
    path("ke-hoach/mau/them/", template.template_task, name="add_template_task"),
    path("ke-hoach/mau/<int:pk>/", template.template_task, name="template_task"),
    path("ke-hoach/<int:pk>/", plans.PlanView.as_view(), name="plan"),
    path("ke-hoach/<int:pk>.<str:kind>", plans.paper, name="plan_paper"),
    path("ke-hoach/<int:pk>/them/", tasks.add_task, name="add_task"),
    path("ke-hoach/viec/<int:pk>/", tasks.task, name="task"),
    path("ke-hoach/viec/<int:pk>/sua/", tasks.edit_task, name="edit_task"),
    path("ke-hoach/viec/<int:pk>/giay/", tasks.add_paper, name="add_paper"),
    path("ke-hoach/viec/<int:pk>/giay/<int:file_pk>/", tasks.paper_file, name="paper_file"),
    path("ke-hoach/viec/<int:pk>/giay/<int:file_pk>/bo/", tasks.remove_paper, name="remove_paper"),
]
