"""What apps share is said once: the rooms that every app opens, and the modules that `pyproject.toml` lists."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import PROJECT, module_of, owner, sources

STANDARD = {"actions", "models", "policy", "registries", "signals"}
PUBLIC: dict[str, str] = PROJECT["tool"]["rooms"]["public"]
MODULES = {module_of(path) for path in sources()}


def crossings(importer: str, text: str) -> Iterator[str]:
    """The modules of other apps that a module's text imports, beyond the rooms that every app opens."""
    for node in ast.walk(ast.parse(text)):
        for module in _imported(node):
            of = owner(module)
            if of and of != owner(importer) and module.removeprefix(f"{of}.").partition(".")[0] not in STANDARD:
                yield module


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        whole = {f"{node.module}.{alias.name}" for alias in node.names}
        yield from whole & MODULES or {node.module}


def listed(module: str) -> str:
    """What the list has for the module: itself, or a room that it stands in."""
    return next((name for name in PUBLIC if module == name or module.startswith(f"{name}.")), "")


def found() -> Iterator[tuple[str, str]]:
    for path in sources():
        for module in crossings(module_of(path), path.read_text()):
            yield module_of(path), module


def test_apps_import_what_is_public():
    assert [f"{importer} imports {module}" for importer, module in found() if not listed(module)] == []


def test_nothing_is_listed_that_nobody_imports():
    assert set(PUBLIC) - {listed(module) for _importer, module in found()} == set()


def test_each_says_why():
    assert [name for name, reason in PUBLIC.items() if not reason.strip()] == []


def test_what_is_not_public_is_found():
    text = (
        "from membership.models import Person\n"
        "from membership import middleware\n"
        "from membership.middleware import stop\n"
        "from search.sources import pages\n"
        "from learning.evidence.registries.kinds import kinds\n"
        "import assessments.rules.marking\n"
    )
    assert [module for module in crossings("search.views", text) if not listed(module)] == [
        "membership.middleware",
        "membership.middleware",
        "assessments.rules.marking",
    ]
