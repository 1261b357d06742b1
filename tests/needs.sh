#!/usr/bin/env bash
# What the tests need beyond Python packages: a C compiler, a browser with a Chinese font, and for "make proof" (argument
# "spreadsheet") a spreadsheet program. Installed by apt where it can be.
set -euo pipefail
find_browser() {
    command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome
}
compiled() {
    .venv/bin/python -c "import sys; from fairs.clauses.compiled import COMPILED; sys.exit(not COMPILED)"
}
if ! compiled; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's C compiler, to test the compiled parts …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            gcc libc6-dev python3-dev >/dev/null
        .venv/bin/python deploy/compile.py
    fi
    compiled || {
        echo "The tests of the compiled parts need a C compiler: install gcc, libc6-dev and python3-dev." >&2
        exit 1
    }
fi
if ! find_browser >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's chromium and a Chinese font for the browser tests …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium-headless-shell fonts-wqy-microhei >/dev/null
    else
        echo "The browser tests need chromium: install the package 'chromium-headless-shell' (and" \
            "'fonts-wqy-microhei')." >&2
        exit 1
    fi
fi
if [ "${1:-}" = spreadsheet ] && ! { command -v soffice || command -v libreoffice; } >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's LibreOffice Calc to open our sheets …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null
    else
        echo "The proof run needs a spreadsheet program: install the package 'libreoffice-calc'." >&2
        exit 1
    fi
fi
