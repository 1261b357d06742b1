"""Builds ``static/icons.svg``, one sprite of the outline icons that pages use, from ``@tabler/icons`` (MIT).

    npm ci --ignore-scripts && python deploy/icons.py

Add a name of https://tabler.io/icons to ``deploy/icons.txt``, run it, commit the result. Pages draw one with
``{{ page.icon("calendar") }}``.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTLINE = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
SPRITE = ROOT / "static" / "icons.svg"

NAMES = ROOT / "deploy" / "icons.txt"


def symbol(name: str) -> str:
    """The icon as a ``<symbol>`` that takes its colour and line from the ``.icon`` class of the page."""
    drawing = (OUTLINE / f"{name}.svg").read_text("utf-8")
    inside = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    inside = inside.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
    inside = re.sub(r"\s*\n\s*", "", inside)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


def main() -> int:
    """Write the sprite; the licence note travels inside it."""
    names = sorted(set(NAMES.read_text("utf-8").split()))
    note = (
        "<!-- Tabler Icons, MIT License, Copyright (c) 2020-2026 Paweł Kuna; vendor/licences/tabler.txt -->"
    )
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', note, *map(symbol, names), "</svg>", ""]
    SPRITE.write_text("\n".join(lines), "utf-8")
    print(f"{SPRITE.relative_to(ROOT)}: {len(names)} icons, {SPRITE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
