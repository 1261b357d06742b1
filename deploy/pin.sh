#!/usr/bin/env bash
# Writes constraints.txt: the newest versions of the direct dependencies of setup.cfg, and of what they need.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${1:-python3}" -m venv "$fresh"
"$fresh/bin/python" - >"$fresh/wanted" <<'PY'
import configparser

cfg = configparser.ConfigParser()
cfg.read("setup.cfg")
print(cfg["options"]["install_requires"].strip())
print(cfg["options.extras_require"]["test"].strip())
PY
"$fresh/bin/pip" install --quiet -r "$fresh/wanted"
"$fresh/bin/pip" freeze >constraints.txt
