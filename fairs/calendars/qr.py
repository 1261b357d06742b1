"""QR codes as an image address, so that a page needs neither a script nor an inline style."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def data_url(text: str) -> str:
    """``text`` as a QR code: an SVG in a ``data:`` address for an ``img``."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(text)
    drawn = io.BytesIO()
    code.make_image().save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")
