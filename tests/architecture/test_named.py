"""Templates, tag libraries, static files and addresses are held to the same layers as imports.

What a name belongs to is found from the file system and the addresses themselves; what others wrote is free.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.tree import APPS, CONTRACTS, folder_of, height, owner, relative

_TAG = re.compile(r"""{%\s*(include|extends|url|static)\s+["']([^"']+)["']""")
_LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
_FOLDERS = {"include": "templates", "extends": "templates", "static": "static"}
_ADDRESSING = {"reverse", "reverse_lazy", "redirect", "resolve_url"}

Named = tuple[str, str]  # how it is named ("url", "load", …), and the name


def named_in_template(text: str) -> Iterator[Named]:
    """What a template names in quotes, and the libraries that it or the settings load."""
    yield from _TAG.findall(text)
    for words in _LOAD.findall(text):
        before, _, library = words.rpartition(" from ")
        yield from (("load", name) for name in ([library] if before else words.split()))
    for builtin in settings.TEMPLATES[0]["OPTIONS"]["builtins"]:
        yield "load", builtin.rpartition(".")[2]


def named_in_python(text: str) -> Iterator[Named]:
    """Each text that is a template or an address with its namespace, wherever it stands, and what is reversed."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.endswith((".html", ".txt")):
                yield "include", node.value
            elif ":" in node.value:
                yield "url", node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _ADDRESSING:
            yield from (("url", word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


def strangers(app: str, named: Iterator[Named]) -> list[str]:
    """What is named though it belongs to an app that this one may not know."""
    foreign = (f"{how} {name}" for how, name in named if (of := belongs_to(how, name)) and not _may_know(app, of))
    return sorted(set(foreign))


@cache
def belongs_to(how: str, name: str) -> str:
    if how == "url":
        return addresses().get(name, "")
    place = f"templatetags/{name}.py" if how == "load" else f"{_FOLDERS[how]}/{name}"
    return next((app for app in APPS if (folder_of(app) / place).exists()), "")


@cache
def addresses() -> dict[str, str]:
    """The app of each name of an address: that of its view, or of another view in its namespace."""
    found = dict(_addresses_in(get_resolver()))
    of_namespace = {name.rpartition(":")[0]: app for name, app in found.items() if app and ":" in name}
    return {name: app or of_namespace.get(name.rpartition(":")[0], "") for name, app in found.items()}


def _addresses_in(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses_in(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield f"{namespace}{pattern.name}", owner(view.__module__)


def _may_know(app: str, other: str) -> bool:
    if any(_is_in(app, rule["source_modules"]) and _is_in(other, rule["forbidden_modules"]) for rule in CONTRACTS[1:]):
        return False
    is_beside = any({app, other} <= set(layer.split(" : ")) for layer in CONTRACTS[0]["layers"])
    return app == other or is_beside or height(other) < height(app)


def _is_in(app: str, modules: list[str]) -> bool:
    return any(app == module or app.startswith(f"{module}.") for module in modules)


@pytest.mark.parametrize("app", APPS)
def test_names_go_down(app):
    found = [
        f"{relative(path)}: {name}"
        for kind, named in (("*.py", named_in_python), ("templates/**/*.*", named_in_template))
        for path in sorted(folder_of(app).rglob(kind))
        for name in strangers(app, named(path.read_text()))
    ]
    assert found == []


UPWARD = """{% extends "base.html" %}{% load i18n materials_tags %}{% load facet from assessments_tags %}
{% include "assessments/includes/leaving.html" with at="top" %}{% url 'tracking:step' course.slug as onward %}
{% url "account_login" %}{% static "search/suggest.js" %}{% include step.template %}"""
UPWARD_IN_PYTHON = """
def serve(self):
    if self.is_open:
        return render(request, "training_materials/step_closed.html")
    trail = [("Today", "tracking:today")]
    return redirect("search_missed") if trail else reverse("account_login")
"""


def test_a_template_that_names_what_stands_above_is_found():
    assert strangers("interface", named_in_template(UPWARD)) == [
        "include assessments/includes/leaving.html",
        "load assessments_tags",
        "load materials_tags",
        "static search/suggest.js",
        "url tracking:step",
    ]
    assert strangers("home", named_in_template(UPWARD)) == []


def test_code_that_names_what_stands_above_is_found():
    assert strangers("training_materials", named_in_python(UPWARD_IN_PYTHON)) == [
        "url search_missed",
        "url tracking:today",
    ]


def test_apps_side_by_side_do_not_name_each_other():
    assert strangers("assessments", named_in_python('template = "criteria/rule.html"')) == [
        "include criteria/rule.html"
    ]


def test_judging_names_no_teaching():
    assert strangers("evaluation.dossiers", named_in_python('reverse("tracking:today")')) == ["url tracking:today"]


def test_a_view_set_of_a_library_belongs_to_the_app_that_made_it():
    assert addresses()["question_bank:index"] == "assessments"
    assert addresses()["account_login"] == ""
