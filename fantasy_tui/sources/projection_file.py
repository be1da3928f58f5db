"""A file of weekly projections: a line a player, a column a statistic, in Sleeper's names.

Players are named by `player_id` (Sleeper's), or by `name` with `position` and, where two share a name, `team`.
A source that publishes totals alone gives them as `pts_ppr`, `pts_half_ppr` or `pts_std`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fantasy_tui.football.names import NameBook
from fantasy_tui.football.search import PlayerRow

WHO = ("player_id", "name", "position", "team")
TOTALS = ("pts_ppr", "pts_half_ppr", "pts_std")


class UnreadableFile(Exception):
    """The file is not one of projections; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class ProjectionFile:
    """What a file says."""

    stats: Mapping[str, dict[str, float]]
    """player_id to statistics."""
    unknown: tuple[str, ...]
    """Lines whose player is not known, or not without doubt."""
    ignored: tuple[str, ...]
    """Columns that are no statistic which leagues score."""


def read(text: str, players: Iterable[PlayerRow], scored: Iterable[str]) -> ProjectionFile:
    """Read a file; `scored` names the statistics that leagues score. Raises UnreadableFile."""
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        lines = list(reader)
    except csv.Error as error:
        raise UnreadableFile(f"This is not a CSV file: {error}.") from error
    columns = [name.strip() for name in reader.fieldnames or () if name]
    wanted = {*scored, *TOTALS}
    statistics = [name for name in columns if name in wanted]
    if not {"player_id", "name"} & set(columns) or not statistics:
        raise UnreadableFile(
            "The first line must name a column player_id or name, and statistics in Sleeper's names"
            " such as pass_yd, rec or pts_ppr."
        )
    book = NameBook(players)
    stats: dict[str, dict[str, float]] = {}
    unknown = []
    for number, line in enumerate(lines, 2):
        player_id = _player(line, book)
        if player_id is None:
            unknown.append(line.get("name") or line.get("player_id") or f"line {number}")
            continue
        stats[player_id] = {
            name: _number(value, name, number)
            for name in statistics
            if (value := (line.get(name) or "").strip())
        }
    ignored = tuple(name for name in columns if name not in wanted and name not in WHO)
    return ProjectionFile({p: line for p, line in stats.items() if line}, tuple(unknown), ignored)


def _player(line: Mapping[str, str | None], book: NameBook[PlayerRow]) -> str | None:
    """The only player that the line can mean; none where there are several or none."""
    player_id = (line.get("player_id") or "").strip()
    if player_id:
        return player_id if player_id in book.by_id else None
    position, team = ((line.get(key) or "").strip().upper() for key in ("position", "team"))
    found = [
        player
        for player in book.called(line.get("name") or "")
        if not position or position in player.positions
    ]
    of_team = [player for player in found if team and player.team == team]
    # A name that two share is most often meant of the one who has a team.
    for group in (of_team, found, [player for player in found if player.team]):
        if len(group) == 1:
            return group[0].player_id
    return None


def _number(text: str, column: str, line: int) -> float:
    try:
        return float(text)
    except ValueError:
        raise UnreadableFile(f"Line {line}: {column} is {text!r}, which is no number.") from None
