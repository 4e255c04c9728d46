"""What is wrong with a page by the HTML standard and for who moves by landmarks, as far as our pages ever went wrong.

No checker of the whole standard can be had without a download; these rules are read from it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from interface.vietnamese import is_vietnamese

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_IN_ITSELF = frozenset({"a", "button", "label", "form"})
_LANDMARKS = {"nav": "navigation", "aside": "complementary", "main": "main"}
_NAMED_LANDMARKS = {"section": "region", "form": "form"}
_SIZED = frozenset({"img", "video", "iframe", "canvas", "source"})
_TYPED = frozenset({"radio", "checkbox", "submit", "button", "reset", "image", "file"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3",
     "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
)  # fmt: skip
_PARENTS = {"li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "legend": {"fieldset"},
            "option": {"select", "datalist", "optgroup"}, "summary": {"details"}}  # fmt: skip


# No text, or one that can hold no element to say its language.
_NO_PROSE = frozenset({"script", "style", "title", "option", "textarea"})


@dataclass
class _Open:
    tag: str
    language: str = ""
    children: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.language = ""
        self.english: list[str] = []
        self._open: list[_Open] = [_Open("")]
        self._ids: Counter[str] = Counter()
        self._landmarks: Counter[tuple[str, str]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if len(said) < len(attrs):
            self.problems.append(f"<{tag}> says something twice: {attrs}")
        parent = self._open[-1]
        parent.children.append(tag)
        if tag in _PARENTS and parent.tag not in _PARENTS[tag]:
            self.problems.append(f"<{tag}> in <{parent.tag}>")
        if tag in _BLOCKS and any(each.tag == "p" for each in self._open):
            self.problems.append(f"<{tag}> in <p>")
        if tag in _IN_ITSELF and any(each.tag == tag for each in self._open):
            self.problems.append(f"<{tag}> in <{tag}>")
        self._read(tag, said)
        if tag not in _VOID:
            self._open.append(_Open(tag, said.get("lang", parent.language)))

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if here.language == "en" and here.tag not in _NO_PROSE:
            self.english.append(" ".join(data.split()))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, each in enumerate(self._open) if each.tag == tag]
        if not places:
            self.problems.append(f"</{tag}> closes nothing")
            return
        closed = self._open[places[-1]]
        if any(each.tag != "p" for each in self._open[places[-1] + 1 :]):
            self.problems.append(f"</{tag}> closes {[each.tag for each in self._open[places[-1] + 1 :]]} too")
        del self._open[places[-1] :]
        if tag == "figure" and "figcaption" in closed.children[1:-1]:
            self.problems.append(f"<figcaption> in the middle of {closed.children}")

    def close(self) -> None:
        super().close()
        self.problems += [f"the id {name} stands {count} times" for name, count in self._ids.items() if count > 1]
        self.problems += [f"{count} landmarks {which}" for which, count in self._landmarks.items() if count > 1]

    def _read(self, tag: str, said: dict[str, str]) -> None:
        if tag == "html":
            self.language = said.get("lang", "")
        if "id" in said:
            self._ids[said["id"]] += 1
        if tag == "input" and said.get("type") in _TYPED and "autocomplete" in said:
            self.problems.append(f"autocomplete on a {said['type']}: {said}")
        if tag in _SIZED:
            wrong = {name: said[name] for name in ("width", "height") if name in said and not said[name].isdigit()}
            self.problems += [f"<{tag} {name}={value!r}>" for name, value in wrong.items()]
        self.problems += [f"<{tag} {name}=''>" for name in ("src", "href", "poster", "id") if said.get(name, "x") == ""]
        self._note_landmark(tag, said)

    def _note_landmark(self, tag: str, said: dict[str, str]) -> None:
        """What lies in <details> is found only once that is open."""
        name = said.get("aria-label") or said.get("aria-labelledby", "")
        role = said.get("role") or _LANDMARKS.get(tag) or (_NAMED_LANDMARKS.get(tag) if name else "")
        is_landmark = role in {"navigation", "complementary", "main", "region", "form", "search"}
        if is_landmark and not any(each.tag == "details" for each in self._open):
            self._landmarks[role, name] += 1


def problems_of(html: str) -> list[str]:
    reader = _read(html)
    return reader.problems


def unmarked_vietnamese(html: str, names: Iterable[str]) -> list[str]:
    """Texts that a voice would read out as English. The names of people and of units are the same in all languages."""
    longest = sorted((name for name in names if name), key=len, reverse=True)
    name = re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)
    return [text for text in _read(html).english if is_vietnamese(name.sub("", text))]


def language_of(html: str) -> str:
    return _read(html).language


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
