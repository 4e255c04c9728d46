"""Proofs against the plain definitions of RFC 6962, over every small size and some large ones."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.evidence.ledger.merkle import TILE, Frontier, Tree, tree_hash
from learning.evidence.ledger.verifier import (
    EMPTY_ROOT,
    NotProvenError,
    leaf_hash,
    root_by_inclusion,
    roots_by_consistency,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]


def hashes_of(size):
    """Reads tiles as the database does."""
    levels = {0: LEAVES[:size]}
    for level in (8, 16, 24):
        below = levels[level - 8]
        levels[level] = [tree_hash(below[i : i + TILE]) for i in range(0, len(below) - TILE + 1, TILE)]
    return lambda level, start, count: levels[level][start : start + count]


def test_hashes_are_those_of_the_standard():
    """The known answers of certificate transparency's own tests."""
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]

    assert hashlib.sha256().hexdigest() == EMPTY_ROOT
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree_hash([leaf_hash(data) for data in inputs[:3]]).hex() == (
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    )


@pytest.mark.parametrize("size", [*range(1, 20), 255, 256, 257, 1000, 65_536, 65_793])
def test_tree_by_tiles_is_the_tree_by_definition(size):
    whole, tree, frontier = tree_hash(LEAVES[:size]).hex(), Tree(hashes_of(size)), Frontier()
    for leaf in LEAVES[:size]:
        if (top := frontier.add(leaf)) is not None:
            frontier.close(top)

    assert tree.root(size) == whole
    assert frontier.root == whole


@settings(max_examples=150)
@given(st.integers(1, 2000), st.data())
def test_every_entry_is_proven_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(hashes_of(size))
    path, root = tree.inclusion(index, size), tree.subtree(0, size)

    assert root_by_inclusion(LEAVES[index], index, size, path) == root
    assert root_by_inclusion(LEAVES[index + 1], index, size, path) != root
    if size > 1:
        other = (index + 1) % size
        with_other = [root_by_inclusion(LEAVES[index], other, size, path)] if len(path) == _depth(other, size) else []
        assert root not in with_other
        with pytest.raises(NotProvenError):
            root_by_inclusion(LEAVES[index], index, size, path[:-1])
    with pytest.raises(NotProvenError):
        root_by_inclusion(LEAVES[index], index, size, [*path, root])


@settings(max_examples=150)
@given(st.integers(2, 2000), st.data())
def test_a_log_that_grew_is_consistent(new, data):
    old = data.draw(st.integers(1, new - 1))
    tree = Tree(hashes_of(new))
    path, roots = tree.consistency(old, new), (tree.subtree(0, old), tree.subtree(0, new))

    assert roots_by_consistency(old, new, roots[0], path) == roots
    assert roots_by_consistency(old, new, roots[0], [LEAVES[0], *path[1:]]) != roots


def _depth(index, size):
    return len(Tree(hashes_of(size)).inclusion(index, size))
