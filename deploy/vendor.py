"""Copies the browser files we use from ``node_modules`` into ``static/vendor/`` and writes their manifest.

    npm ci --ignore-scripts && python deploy/vendor.py        # refresh
    python deploy/vendor.py --check                           # do the committed files match the manifest?

The copies are committed, so neither running nor testing Campus Fairs needs Node, and no page asks a server
outside the campus network for a script.
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "MANIFEST.json"

# (package, path inside it, name under static/vendor). The reader is the one barcode-detector itself pins:
# another release of zxing-wasm has another file.
FILES = (
    ("@tabler/core", "dist/css/tabler.min.css", "tabler.min.css"),
    ("@tabler/core", "dist/js/tabler.min.js", "tabler.min.js"),
    ("htmx.org", "dist/htmx.min.js", "htmx.min.js"),
    ("echarts", "dist/echarts.common.min.js", "echarts.common.min.js"),
    ("barcode-detector", "dist/iife/ponyfill.js", "barcode-detector.js"),
    ("barcode-detector/zxing-wasm", "dist/reader/zxing_reader.wasm", "zxing_reader.wasm"),
    ("qrcode-generator", "dist/qrcode.js", "qrcode.js"),
)

# (package, name under static/vendor/licences). Tabler's text is the one its icons carry; zrender is inside
# echarts; qrcode-generator states its licence at the top of its file.
LICENCES = (
    ("@tabler/icons", "tabler.txt"),
    ("htmx.org", "htmx.txt"),
    ("echarts", "echarts.txt"),
    ("zrender", "zrender.txt"),
    ("barcode-detector", "barcode-detector.txt"),
    ("barcode-detector/zxing-wasm", "zxing-wasm.txt"),
)


def home(package: str) -> Path:
    """The folder of ``package``; ``a/b`` (unless a scope) is the copy of b that a uses, nested or hoisted."""
    owner, _, nested = package.partition("/")
    if owner.startswith("@") or not nested:
        return MODULES / package
    inside = MODULES / owner / "node_modules" / nested
    return inside if inside.exists() else MODULES / nested


def sha256(path: Path) -> str:
    """The hash of the file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refresh() -> None:
    """Copy every file and its licence text, and write the manifest anew."""
    licences = VENDOR / "licences"
    licences.mkdir(parents=True, exist_ok=True)
    rows = []
    for package, source, name in FILES:
        folder = home(package)
        about = json.loads((folder / "package.json").read_text("utf-8"))
        shutil.copyfile(folder / source, VENDOR / name)
        rows.append(
            {
                "file": name,
                "package": about["name"],
                "version": about["version"],
                "source": source,
                "bytes": (VENDOR / name).stat().st_size,
                "sha256": sha256(VENDOR / name),
                "licence": about["license"],
            }
        )
    for package, name in LICENCES:
        shutil.copyfile(home(package) / "LICENSE", licences / name)
    MANIFEST.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def faults() -> list[str]:
    """What differs between the manifest and the files beside it; empty when all is well."""
    rows = json.loads(MANIFEST.read_text("utf-8"))
    found = [
        f"{row['file']}: bytes differ from the manifest"
        for row in rows
        if not (VENDOR / row["file"]).exists() or sha256(VENDOR / row["file"]) != row["sha256"]
    ]
    listed = {row["file"] for row in rows} | {MANIFEST.name}
    strangers = {path.name for path in VENDOR.iterdir() if path.is_file()} - listed
    return found + [f"{name}: not in the manifest" for name in sorted(strangers)]


def main() -> int:
    """Refresh, or with ``--check`` only compare; 1 when the files and the manifest differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare the committed files with the manifest")
    if not parser.parse_args().check:
        refresh()
    found = faults()
    print("\n".join(found) or f"{VENDOR.relative_to(ROOT)}: {len(FILES)} files as listed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
