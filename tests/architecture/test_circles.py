"""No module leads back to itself, not even by an import that only the type checker follows."""

import ast
from graphlib import CycleError, TopologicalSorter

from tests.architecture.test_tree import ROOT, sources


def _modules():
    return {
        path.relative_to(ROOT).as_posix().removeprefix("site/").removesuffix(".py").removesuffix("/__init__"): path
        for path in sources()
    }


def _imported(path, known):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            beside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name.replace(".", "/") in known else node.module for name in beside]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name.replace(".", "/") for name in names)


def test_imports_make_no_circle():
    known = _modules()
    graph = {module: {*_imported(path, known)} & known.keys() - {module} for module, path in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        raise AssertionError("a circle: " + " imports ".join(reversed(circle.args[1]))) from None
