#!/usr/bin/env bash
# What the tests need beyond Python packages: a browser with a Chinese font. Installed by apt where it can be.
set -euo pipefail
find_browser() {
    command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome
}
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
