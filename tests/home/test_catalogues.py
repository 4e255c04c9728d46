import gettext
from collections import defaultdict

from babel.messages.pofile import read_po

from config import REPOSITORY
from home import catalogues

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
