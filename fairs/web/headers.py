"""Security headers; the exact content policy of each class of page is written down in docs/security.md."""

from flask import Flask, Response, request

_BASE = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
POLICIES = {
    "page": _BASE,
    # the scanner reads QR codes with a WebAssembly module and shows the camera's picture
    "scanner": _BASE
    | {
        "script-src": "'self' 'wasm-unsafe-eval'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' blob:",
        "worker-src": "'self'",
    },
}
SCANNER_ENDPOINTS = {"checkin.scanner", "checkin.day_pass"}


def policy(name: str) -> str:
    """The Content-Security-Policy of a class of pages."""
    return "; ".join(f"{directive} {sources}" for directive, sources in POLICIES[name].items())


def install(app: Flask) -> None:
    """Add the headers to every response."""
    secure = app.extensions["settings"].secure

    @app.after_request
    def add(response: Response) -> Response:
        scanner = request.endpoint in SCANNER_ENDPOINTS
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy("scanner" if scanner else "page"))
        headers.setdefault("Permissions-Policy", f"camera=({'self' if scanner else ''}), geolocation=()")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store" if request.cookies else "no-cache")
        return response
