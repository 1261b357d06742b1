"""QR codes as SVG paths, for browsers that cannot draw them and for paper."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around the code, without which readers fail


@dataclass(frozen=True)
class Drawing:
    """A square of ``size`` modules, the quiet zone included, and the path of its dark ones."""

    size: int
    path: str


def drawing(text: str) -> Drawing:
    """The QR code of ``text`` at level M."""
    code = qrcode.QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    matrix = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, on in enumerate(row) if on]
    return Drawing(len(matrix), "".join(dark))
