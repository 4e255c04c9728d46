"""The structure that a linter cannot see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.tree import APPS, ROOT, folder_of, height, layers, module_of, owner, relative, sources

PRIVATE = ("administration", "views", "forms", "viewsets", "tasks", "wagtail_hooks")
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add_child",
          "add_root"}  # fmt: skip
# Beneath the app of accounts, whose rows they point to by ``settings.AUTH_USER_MODEL`` alone.
REACH_THE_ACCOUNT = {"intake"}
NO_ROWS = ("cache", "workbook", "document", "storage", "segno")
INLINE = (" style=", "<style", " onclick=", " onchange=", "<script>")
# Page editing is Wagtail's own door; loading the demo builds pages through it.
MAY_WRITE = ("/actions", "/migrations/", "site/home/demo/")


def test_site_is_a_plain_folder():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_contract_lists_exactly_the_local_apps():
    listed = {name for layer in layers() for name in layer}
    assert listed == {*settings.LOCAL_APPS, "config"}


def test_settings_name_the_local_apps_first():
    assert settings.INSTALLED_APPS[: len(settings.LOCAL_APPS)] == settings.LOCAL_APPS


def test_foreign_keys_go_down():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if (name := model._meta.app_config.name) in settings.LOCAL_APPS
        for field in model._meta.get_fields(include_hidden=False)
        if field.is_relation and not field.auto_created and field.related_model
        if (target := field.related_model._meta.app_config.name) in settings.LOCAL_APPS
        if target != name and height(target) >= height(name)
        if field.related_model._meta.label != settings.AUTH_USER_MODEL or name not in REACH_THE_ACCOUNT
    ]
    assert upward == []


def test_each_app_has_one_initial_migration():
    for app in settings.LOCAL_APPS:
        folder = Path(apps.get_app_config(app.rpartition(".")[2]).path) / "migrations"
        initial = [path.name for path in folder.glob("0*.py") if "initial = True" in path.read_text()]
        assert initial in ([], ["0001_schema.py"]), app


def test_writes_stand_in_actions():
    found = [
        f"{relative(path)}:{call.lineno} {call.func.attr}"
        for path in sources()
        if not any(door in f"/{relative(path)}" for door in MAY_WRITE)
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_write(call)
    ]
    assert found == []


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "update":  # a queryset's takes only keywords, a dict's or hash's an argument
        return bool(call.keywords) and not call.args
    if any(ast.unparse(keyword) == "commit=False" for keyword in call.keywords):
        return False
    if call.func.attr in {"save", "delete"} and "super()" in ast.unparse(call.func):
        return False
    if call.func.attr in {"delete", "save"} and ast.unparse(call.func.value).startswith(NO_ROWS):
        return False
    return call.func.attr in WRITES


def test_views_forms_viewsets_and_tasks_are_private_to_their_app():
    strangers = [
        f"{relative(path)} imports {module}"
        for path in sources()
        for module in _imports(path)
        if owner(module) and (package := _owner_of_private(module)) and not module_of(path).startswith(package)
    ]
    assert strangers == []


def _owner_of_private(module: str) -> str:
    """The package whose own a module is: "evaluation.dossiers" for "evaluation.dossiers.views.desk", else nothing."""
    parts = module.split(".")
    private = next((place for place, part in enumerate(parts) if part in PRIVATE), 0)
    return ".".join(parts[:private])


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_imports_stand_at_the_top():
    inline = [
        f"{relative(path)}:{node.lineno}"
        for path in sources()
        if "/migrations/" not in str(path)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and function.name != "ready"
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inline == []


def test_tasks_come_from_one_place():
    """Django has them from its sixth version on, a library before that: one module knows which."""
    elsewhere = [
        f"{relative(path)} imports {module}"
        for path in [*sources(), *(ROOT / "tests").rglob("*.py")]
        if path != ROOT / "site/work/queue.py"
        for module in _imports(path)
        if module.partition(".")[0] == "django_tasks" or module.startswith("django.tasks")
    ]
    assert elsewhere == []


@pytest.mark.parametrize(("pattern", "lines"), [("*.py", 300), ("*.html", 120), ("*.js", 100)])
def test_files_keep_their_budget(pattern, lines):
    over = [
        f"{relative(path)}: {count}"
        for app in APPS
        for path in folder_of(app).rglob(pattern)
        if "/migrations/" not in str(path) and "vendor" not in path.parts
        if (count := path.read_text().count("\n")) > lines
    ]
    assert over == []


def test_functions_keep_their_budget():
    over = [
        f"{relative(path)}:{node.lineno} {node.name}: {size}"
        for path in sources()
        if "/migrations/" not in str(path)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        if (size := (node.end_lineno or 0) - node.lineno + 1) > 40
    ]
    assert over == []


def test_no_template_is_empty():
    assert not [
        relative(path) for app in APPS for path in folder_of(app).rglob("*.html") if not path.read_text().strip()
    ]


def test_templates_hold_no_inline_script_or_style():
    offenders = [
        relative(path)
        for app in APPS
        for path in folder_of(app).rglob("*.html")
        if "wagtailadmin" not in str(path)
        if any(
            mark in path.read_text().lower() for mark in (" style=", "<style", " onclick=", " onchange=", "<script>")
        )
    ]
    assert offenders == []


def test_nothing_reads_what_lies_outside_the_repository():
    beyond = ".." + "/shared"
    assert [relative(path) for path in sources() if beyond in path.read_text()] == []


def test_the_budget_of_a_test_is_kept_by_all_and_slow_ones_say_why(request):
    assert request.config.pluginmanager.has_plugin("tests.budget")
    silent = [
        f"{relative(path)}:{call.lineno}"
        for path in (ROOT / "tests").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Attribute) and ast.unparse(call) == "pytest.mark.slow" and not _is_reasoned(path, call)
    ]
    assert silent == []


def _is_reasoned(path: Path, mark: ast.Attribute) -> bool:
    return any(
        isinstance(call, ast.Call)
        and call.func.lineno == mark.lineno
        and ast.unparse(call.func) == "pytest.mark.slow"
        and any(word.arg == "reason" and ast.literal_eval(word.value) for word in call.keywords)
        for call in ast.walk(ast.parse(path.read_text()))
    )
