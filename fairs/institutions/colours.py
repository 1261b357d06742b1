"""A university's accent colour: dark enough to read white on it, and its relations. Pure (WCAG 2 contrast)."""

import re

from fairs.errors import Invalid

CONTRAST = 4.5
WHITE, NIGHT = "#ffffff", "#1c2027"
_HEX = re.compile(r"#[0-9a-f]{6}")


class NotAColour(Invalid):
    """Not written as #rrggbb."""

    code = "not_a_colour"
    sentence = "请填写 #RRGGBB 格式的颜色，例如 #1c5ba8。"
    field = "value"


class TooPale(Invalid):
    """White words on it, or it on white, could not be read."""

    code = "too_pale"
    sentence = "这个颜色与白色的对比度只有 %(contrast)s，低于 4.5，文字会看不清。请选深一些的颜色。"
    field = "value"


def accent(text: str) -> str:
    """``text`` as a colour that may be an accent. Raises NotAColour or TooPale."""
    colour = text.strip().lower()
    if not _HEX.fullmatch(colour):
        raise NotAColour
    reached = contrast(colour, WHITE)
    if reached < CONTRAST:
        raise TooPale(contrast=f"{int(reached * 10) / 10:.1f}")
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [_linear(part / 255) for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def stylesheet(colour: str) -> str:
    """The style sheet that gives pages this accent, with a deeper one, and a lighter one for dark screens."""
    light = next(
        tone
        for tone in (mixed(colour, WHITE, step / 10) for step in range(11))
        if contrast(tone, NIGHT) >= CONTRAST
    )
    deep = mixed(colour, "#000000", 0.25)
    return f":root {{ --accent: {colour}; --accent-deep: {deep}; --accent-dark: {light}; }}\n"
