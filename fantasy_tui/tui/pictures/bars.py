"""Horizontal bars of text, to an eighth of a cell."""

from typing import Final

_PARTS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_EIGHTHS: Final = 8


def bar(share: float, width: int) -> str:
    """A bar of exactly `width` cells, filled by `share` (0 to 1); whatever is above 0 shows as something."""
    part = min(max(share, 0.0), 1.0)
    eighths = round(part * width * _EIGHTHS) or int(part > 0 and width > 0)
    whole, rest = divmod(eighths, _EIGHTHS)
    return ("█" * whole + _PARTS[rest]).ljust(width)


def percent(share: float) -> str:
    """A chance (0 to 1) in four cells: ` 7 %`; the ends are not said unless they are certain."""
    shown = round(100 * share)
    if shown == 0 and share > 0:
        return "<1 %"
    if shown == 100:
        return "100%" if share >= 1 else ">99%"
    return f"{shown:2d} %"
