"""Draws what `benchmarks.scale` has kept: cost against rows, as docs/growth.svg: `python -m benchmarks.growth`."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

from benchmarks.scale import FLOOR, FOUND
from benchmarks.scale_rows import HEAVY, NORMAL

OUT = Path(__file__).resolve().parent.parent / "docs" / "growth.svg"
SHOWN = (
    (FLOOR, "decisions"),
    ("queue, first 50", "decisions"),
    ("undo, what would be undone", "decisions"),
    ("history, a far page by keyset", "decisions"),
    ("record, all settled", "decisions"),
    ("player, one season", "stats"),
    ("players, one week's keys", "stats"),
)
WIDE, HIGH, LEFT, TOP, BETWEEN = 300, 120, 70, 56, 44
LEAST, MOST = 0.1, 10_000.0
"""Milliseconds at the ends of the upright axis, which is logarithmic, as the other is."""
LINES = (("SQLite", NORMAL, "#0a6", ""), ("Postgres", NORMAL, "#06c", ""), ("SQLite", HEAVY, "#0a6", "5 4"),
         ("Postgres", HEAVY, "#06c", "5 4"))  # fmt: skip


def svg() -> str:
    """The whole picture: a small plot a read, two in a row."""
    found = json.loads(FOUND.read_text())
    rows = math.ceil(len(SHOWN) / 2)
    width, height = 2 * (LEFT + WIDE) + 40, TOP + rows * (HIGH + BETWEEN + 24)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        ' font-size="11"><rect width="100%" height="100%" fill="#fff"/>',
        '<text x="20" y="22" font-size="14">Milliseconds of a read against rows stored</text>',
        '<text x="20" y="40" fill="#0a6">SQLite</text><text x="70" y="40" fill="#06c">Postgres</text>'
        '<text x="140" y="40" fill="#444">solid: a user with 900 decisions; dashed: one with a tenth of all</text>',
    ]
    for place, (name, what) in enumerate(SHOWN):
        x = LEFT + place % 2 * (WIDE + LEFT + 10)
        y = TOP + 20 + place // 2 * (HIGH + BETWEEN + 24)
        parts += _plot(found, name, what, x, y)
    return "\n".join([*parts, "</svg>", ""])


def _plot(found: dict[str, dict[str, object]], name: str, what: str, x: int, y: int) -> Iterator[str]:
    yield f'<text x="{x}" y="{y - 6}">{name}</text>'
    for tick in (0.1, 1, 10, 100, 1000, 10000):
        at = y + _up(tick)
        yield f'<path d="M{x} {at:.1f}h{WIDE}" stroke="#ddd"/>'
        yield f'<text x="{x - 6}" y="{at + 4:.1f}" text-anchor="end" fill="#444">{tick:g} ms</text>'
    counts = [int(str(size[what])) for size in found.values()]
    across = [x + 20 + (WIDE - 60) * _share(count, counts) for count in counts]
    for at, count in zip(across, counts, strict=True):
        yield f'<text x="{at:.1f}" y="{y + HIGH + 14}" text-anchor="middle" fill="#444">{count:,}</text>'
    for engine, user, colour, dashes in LINES:
        if what == "stats" and user == HEAVY:
            continue
        times = [size["ms"][engine][user][name] for size in found.values()]  # type: ignore[index]
        points = " ".join(f"{at:.1f},{y + _up(ms):.1f}" for at, ms in zip(across, times, strict=True))
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'


def _share(count: int, counts: list[int]) -> float:
    return math.log(count / counts[0]) / math.log(counts[-1] / counts[0])


def _up(ms: float) -> float:
    return HIGH * (1 - math.log(min(max(ms, LEAST), MOST) / LEAST) / math.log(MOST / LEAST))


if __name__ == "__main__":
    OUT.write_text(svg())
    print(OUT)
