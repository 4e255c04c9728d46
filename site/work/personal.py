"""What this app keeps about people: e-mails on their way, and what tasks were given."""

from django.utils.translation import gettext_lazy as _

from work.processing import Basis, Processing, declare, declare_impersonal

_DELIVERY = Processing(
    name=_("E-mails until they are sent"),
    data=_("The address and the whole e-mail."),
    purpose=_("To deliver what somebody asked for or has to know."),
    basis=Basis.AGREEMENT,
    retention=_("Until the mail server has taken it, at most three days."),
    ended_by=("deliver_letters",),
)
_TASKS = Processing(
    name=_("Work that runs in the background"),
    data=_("Numbers of records, and what was told when it failed."),
    purpose=_("To carry it out, and to find out why it failed."),
    basis=Basis.DUTY,
    retention=_("Fourteen days after it has ended."),
    ended_by=("forget_task_results",),
)

declare(_DELIVERY, {"work.Letter": "address content reference"})
declare(_TASKS, {"django_tasks_database.DBTaskResult": "args_kwargs return_value traceback"})
declare_impersonal(
    {
        "interface.SiteOwner": "name email phone",  # an office; it stands beneath this app
        "work.Letter": "channel",
        "work.Channel": "name problem",  # of a connection, or of the administrator's own test
        "work.Slot": "name runner outcome",
        "django_tasks_database.DBTaskResult": "task_path worker_ids queue_name backend_name exception_class_path",
    }
)
