"""How text from outside reaches a screen: always as plain `Content`, never as markup."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from fantasy_tui.plaintext import sanitise

__all__ = ["cut", "fit", "plain", "sanitise"]


def cut(text: str, width: int) -> str:
    """Sanitised text of at most `width` cells; what is cut off shows as an ellipsis."""
    clean = sanitise(text)
    if cell_len(clean) <= width:
        return clean
    return set_cell_size(clean, max(width - 1, 0)).rstrip() + "…" * (width > 0)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Sanitised text in exactly `width` cells, cut with an ellipsis or filled with spaces, before it if `right`."""
    shown = cut(text, width)
    return " " * (width - cell_len(shown)) + shown if right else set_cell_size(shown, width)


def plain(text: str, width: int | None = None) -> Content:
    """Sanitised text as content without styles, cut to `width` cells if one is given."""
    return Content(sanitise(text) if width is None else cut(text, width))
