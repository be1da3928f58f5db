"""What line-ups gain, week by week, as text: signs say what colours say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from fantasy_tui.tui.text import fit

LEAST = 0.05
"""Points below which a change is shown as none."""
_LABEL, _CELL, _SUM = 5, 6, 8
_DIM = "$foreground-muted"


def signed(points: float) -> str:
    """Points with a sign; what is too little to be shown is "0"."""
    return f"{points:+.1f}" if abs(points) >= LEAST else "0"


def style_of(points: float) -> str:
    """Green for more, red for less; the sign says the same."""
    return _DIM if abs(points) < LEAST else "$text-success" if points > 0 else "$text-error"


def by_week(
    weeks: Sequence[int],
    sums: Sequence[str],
    rows: Iterable[tuple[str, Sequence[float], Sequence[float]]],
) -> Content:
    """A line for each label: what is gained in every week, and then the sums, in the order of their titles.

    Eight weeks and two short titles take 69 cells.
    """
    widths = [max(_SUM, len(title) + 2) for title in sums]
    head = fit("week", _LABEL) + "".join(f"{week:>{_CELL}}" for week in weeks)
    head += "".join(f"{title:>{width}}" for title, width in zip(sums, widths, strict=True))
    lines = [Content.styled(head, _DIM)]
    for label, weekly, totals in rows:
        cells = [(f"{signed(points):>{_CELL}}", style_of(points)) for points in weekly]
        for points, width in zip(totals, widths, strict=True):
            cells.append((f"{signed(points):>{width}}", f"bold {style_of(points)}"))
        lines.append(Content.assemble(fit(label, _LABEL), *cells))
    return Content("\n").join(lines)
