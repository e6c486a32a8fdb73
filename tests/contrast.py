"""How well a text stands out from its ground."""

from __future__ import annotations

import re

ENOUGH = 4.5
"""WCAG 2.2, level AA, for text of usual size."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, "#1a2b3c" or "rgb(26, 43, 60)", as WCAG 2.2 defines it: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    if colour.startswith("#"):
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    else:
        parts = [int(part) for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in (n / 255 for n in parts))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
