"""The committed browser files are whole, and templates stay within the content security policy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    # a block of linked data is never executed, and the policy does not touch it
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)"),
    "inline handler": re.compile(r"\s(on[a-z]+|hx-on[\w:-]*)\s*="),
    "evaluated htmx values": re.compile(r"hx-(vals|headers)=[\"']js:"),
    "a script or style from elsewhere": re.compile(r"<(script|link)[^>]*(src|href)=[\"']https?:"),
}


def test_vendored_files_match_their_manifest() -> None:
    check = subprocess.run(
        [sys.executable, ROOT / "deploy" / "vendor.py", "--check"], capture_output=True, text=True
    )
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_to_the_content_security_policy(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text("utf-8")))
    listed = set((ROOT / "deploy" / "icons.txt").read_text("utf-8").split())
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r"icon\(\s*[\"']([\w-]+)[\"']", template.read_text("utf-8"))
    }
    assert drawn == listed
    assert named <= drawn, f"missing: {sorted(named - drawn)}"


CLASS = re.compile(r"\.([a-zA-Z](?:[\w-]|\\.)*)")


def test_the_lean_style_sheet_has_every_class_that_is_named() -> None:
    full, lean = (
        (ROOT / "static" / file).read_text("utf-8") for file in ("vendor/tabler.min.css", "tabler.css")
    )
    sources = [*TEMPLATES, *(ROOT / "fairs").rglob("*.py"), *(ROOT / "static").rglob("*.js")]
    named = {word for source in sources for word in re.findall(r"[\w-]+", source.read_text("utf-8"))}
    selectors = (one for head in re.findall(r"([^{}@;]+)\{", full) for one in head.split(","))
    # a rule matters here if all of its classes are in use
    used = {name for one in selectors if (names := set(CLASS.findall(one))) <= named for name in names}
    missing = sorted(used - set(CLASS.findall(lean)))
    assert missing == [], "run: npm ci --ignore-scripts && node deploy/lean.mjs"
