import gettext
import shutil
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from config import REPOSITORY
from home import catalogues
from home.management.commands.check_catalogues import collect, copy_of_sources

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Courses"
msgstr "Khóa học"

#, fuzzy
msgid "Guess"
msgstr "Đoán"

msgid "Empty"
msgstr ""
"""


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path):
    folder = tmp_path / "search" / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    assert catalogues.compile_all(tmp_path) == 1
    assert catalogues.compile_all(tmp_path) == 0
    with (folder / "django.mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert translations.gettext("Courses") == "Khóa học"
    assert translations.gettext("Guess") == "Guess"


def test_what_is_empty_or_guessed_is_named(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(PO)
    assert catalogues.untranslated(path) == ["Guess", "Empty"]


UNORDERED = """# Ours.
msgid ""
msgstr ""
"POT-Creation-Date: 2026-11-26 08:18+0700\\n"
"Language: vi\\n"


msgid "Read"
msgstr "Đã đọc"

msgctxt "verb"
msgid "Read"
msgstr "Đọc"

#, python-format
msgid ""
"%(count)d "
"pages"
msgstr "%(count)d trang"
"""

ORDERED = """# Ours.
msgid ""
msgstr ""
"Language: vi\\n"

#, python-format
msgid ""
"%(count)d "
"pages"
msgstr "%(count)d trang"

msgid "Read"
msgstr "Đã đọc"

msgctxt "verb"
msgid "Read"
msgstr "Đọc"
"""


def test_messages_stand_by_their_words_whatever_the_order_of_the_code(tmp_path):
    path = tmp_path / "search" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(UNORDERED)
    assert not catalogues.is_in_order(path)
    catalogues.put_in_order(tmp_path)
    assert path.read_text() == ORDERED
    assert catalogues.is_in_order(path)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="collecting needs GNU gettext")
def test_collecting_puts_what_is_new_in_its_place_and_changes_nothing_else(tmp_path):
    copy = copy_of_sources(tmp_path)
    before = {path: path.read_text() for path in catalogues.catalogue_paths(copy)}
    forgotten = copy / "search" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    missing = 'msgid "Words such as “về” or “tài liệu”: they add to the rank, but a result may lack them."\n'
    words = 'msgstr "Những từ như “về”, “tài liệu”: có thì xếp cao hơn, nhưng kết quả không bắt buộc phải có."\n\n'
    forgotten.write_text(before[forgotten].replace(missing + words, ""))
    collect(copy)
    after = {path: path.read_text() for path in catalogues.catalogue_paths(copy)}
    assert after.pop(forgotten) == before.pop(forgotten).replace(words, 'msgstr ""\n\n')
    assert after == before


def test_home_and_frame_are_wholly_translated():
    ours = [path for path in catalogues.catalogue_paths() if path.parts[-5:-3] == ("site", "locale")]
    assert ours
    assert [text for path in ours for text in catalogues.untranslated(path)] == []


def test_the_same_words_are_translated_the_same_way_everywhere():
    """At run time all catalogues are one: of two translations only one would ever be read. Where the words mean
    something else, a context (``pgettext``) tells them apart."""
    found = defaultdict(lambda: defaultdict(list))
    for path in catalogues.catalogue_paths():
        if path.name != "django.po":
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if message.id and message.string:
                    words = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string if isinstance(message.string, str) else message.string[0]
                    found[message.context, words][text].append(str(path.relative_to(REPOSITORY)))
    assert {key: dict(texts) for key, texts in found.items() if len(texts) > 1} == {}
