import gzip
import json
import re

from config import REPOSITORY
from home import assets
from interface.icons import ICONS

LOCK = json.loads((REPOSITORY / "package-lock.json").read_text())


def test_every_package_is_pinned_exactly_and_by_its_digest():
    wanted = json.loads((REPOSITORY / "package.json").read_text())
    for group in ("dependencies", "devDependencies"):
        for name, version in wanted[group].items():
            locked = LOCK["packages"][f"node_modules/{name}"]
            assert locked["version"] == version
            assert locked["integrity"].startswith("sha512-")


def test_the_lock_file_names_no_host():
    assert "://" not in (REPOSITORY / "package-lock.json").read_text()


def test_the_styles_of_every_page_stay_small():
    """What comes over the wire, which a server compresses once, and what is read and understood."""
    styles = assets.bundle(assets.style_files())
    assert len(styles) < 44_500
    assert len(gzip.compress(styles.encode())) < 9_500
    assert "/*" not in styles


def test_colours_come_only_from_the_tokens():
    for file in assets.STYLES.rglob("*.css"):
        if file.stem not in ("tokens", "print"):
            text = file.read_text().replace("#fff;", "").replace("#000;", "")
            assert not re.search(r"#[0-9a-f]{3}", text), file
            assert "rgb" not in text, file


def test_bundling_keeps_the_order_and_drops_what_a_browser_needs_not(tmp_path):
    first, second = tmp_path / "a.css", tmp_path / "b.css"
    first.write_text("/* note */\n:root {\n  --ink: #000;\n}\n")
    second.write_text(".a,\n.b {\n  color: var(--ink);\n}\n")
    assert assets.bundle([first, second]) == ":root{--ink: #000}.a,.b{color: var(--ink)}\n"


def test_the_sprite_holds_each_icon_once(tmp_path):
    (tmp_path / "x.svg").write_text('<!-- a --><svg width="24">\n  <path d="M1 1" />\n</svg>')
    sprite = assets.icon_sprite(tmp_path, ["x"])
    assert '<symbol id="x" viewBox="0 0 24 24"><path d="M1 1"/></symbol>' in sprite


def test_icons_are_listed_once_and_in_order():
    assert list(ICONS) == sorted(set(ICONS))
