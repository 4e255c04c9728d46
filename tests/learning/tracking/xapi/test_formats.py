"""Scalars of the specification: what counts as a language tag of RFC 5646."""

import pytest

from learning.tracking.xapi.formats import is_language

GOOD = ["vi", "de-DE", "zh-Hant", "sr-Latn-RS", "cmn", "es-419", "sl-nedis", "de-CH-1901", "zh-cmn-Hans-CN",
        "hy-Latn-IT-arevela", "sl-rozaj-biske-1994", "en-u-ca-buddhist-t-it", "x-a-a", "en-a-aaa-x-a-aaa",
        "en-a-bbbbb-ccccc-bbbbb", "i-klingon", "en-GB-oed"]  # fmt: skip
BAD = ["", "a12345678", "something", "test", "de-419-DE", "a-DE", "zh-z-aaa-z-bbb-c-ccc", "ar-A-aaa-b-bbb-a-ccc",
       "de-DE-1901-1901", "sl-rozaj-biske-rozaj-x-a"]  # fmt: skip


@pytest.mark.parametrize("tag", GOOD)
def test_languages_with_script_region_variants_and_extensions(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", BAD)
def test_no_variant_and_no_extension_stands_twice_and_no_language_has_four_letters(tag):
    assert not is_language(tag)
