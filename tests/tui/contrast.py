"""How well the text on a screen can be told from its ground, by WCAG 2.2."""

from collections.abc import Iterator
from typing import Any

from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.app import App
from textual.constants import DIM_FACTOR
from textual.screen import ModalScreen


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def texts(app: App[Any]) -> Iterator[tuple[str, float]]:
    """Every piece of text on the screen with its contrast ratio; what lies dimmed below a dialog is left out."""
    screen = app.screen
    box = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            end = x + segment.cell_length
            inside = box.contains(x, y) and box.contains(end - 1, y)
            if inside and segment.style is not None and any(map(str.isalnum, segment.text)):
                yield segment.text.strip(), contrast(*_pair(segment.style))
            x = end


def _pair(style: Style) -> tuple[ColorTriplet, ColorTriplet]:
    assert style.color is not None
    assert style.bgcolor is not None
    ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    if style.dim:
        ink = ColorTriplet(*(int(b + (a - b) * DIM_FACTOR) for a, b in zip(ink, ground, strict=True)))
    return (ground, ink) if style.reverse else (ink, ground)


def _luminance(colour: ColorTriplet) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
