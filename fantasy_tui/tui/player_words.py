"""What is said about a player, on the screens and on the command line alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fantasy_tui.football.player_card import BYE, MISSED
from fantasy_tui.tui.pictures.sparkline import Gap
from fantasy_tui.tui.times import age

if TYPE_CHECKING:
    from datetime import datetime

    from fantasy_tui.crud.card import PlayerCard
    from fantasy_tui.football.player_card import CardInLeague, Expected, Exposure, Health, Trend, WeekLine

Expectations = Mapping[str, tuple["Expected | None", "Expected | None"]]
"""By league: this week's and the next one's, once they have come."""

_MARKS = {"preset": "*", "average": "~"}
BASES = {
    "preset": "* Sleeper's preset points, not this league's scoring",
    "average": "~ mean of the season's games",
}
_PRACTICE = {"FP": "full", "LP": "limited", "DNP": "none"}
_GAPS = {BYE: Gap.BYE, MISSED: Gap.MISSED}


def who(card: PlayerCard) -> str:
    """ "WR · CIN · 27 years"."""
    facts = [card.row.position or "–", card.row.team or "no team"]
    return " · ".join([*facts, *([f"{card.age} years"] if card.age is not None else [])])


def who_in_full(card: PlayerCard) -> str:
    """ "WR · CIN · 27 years · number 3 · Active"."""
    facts = [who(card)]
    facts += [f"number {card.number}"] if card.number is not None else []
    facts += [card.status] if card.status else []
    return " · ".join(facts)


def injury(card: PlayerCard) -> str:
    """ "Questionable (Hip), limited in practice"; empty for who has no designation."""
    if not card.row.injury_status:
        return ""
    return card.row.injury_status + _of_health(card.health)


def _of_health(health: Health) -> str:
    part = f" ({health.body_part})" if health.body_part else ""
    took_part = _PRACTICE.get(health.practice or "", health.practice)
    practice = f", practice: {took_part}" if took_part else ""
    return f"{part}{practice}{f', {health.notes}' if health.notes else ''}"


def news(card: PlayerCard, now: datetime) -> str:
    """When there was news of him last: "last news 3h20 ago"; empty where that is not known."""
    at = card.health.news_at
    return f"last news {age(at, now)} ago" if at is not None and at <= now else ""


def trend(one: Trend) -> str:
    """ "▲12,345 added ▼678 dropped"; empty for who is not among the most of either."""
    parts = [f"▲{one.adds:,} added"] if one.adds is not None else []
    parts += [f"▼{one.drops:,} dropped"] if one.drops is not None else []
    return " ".join(parts)


def exposure(one: Exposure) -> str:
    """ "mine in 1 of 3, a rival's in 1, free in 1"."""
    if not one.leagues:
        return "no league of this season"
    parts = [f"mine in {one.mine} of {one.leagues}"]
    parts += [f"a rival's in {one.others}"] if one.others else []
    parts += [f"free in {one.free}"] if one.free else []
    return ", ".join(parts)


def whose(league: CardInLeague) -> str:
    """Whose he is: "free", "mine", or the team's name."""
    if league.owner is None:
        return "free"
    return "mine" if league.owner.mine else league.owner.team_name


def expected(one: Expected | None) -> str:
    """ "15.0 (8 to 22)", with a mark where it is not of the league's own scoring; "bye"; a dash for not known."""
    if one is None:
        return "–"
    if one.basis == BYE:
        return "bye"
    return f"{one.points:.1f}{_MARKS.get(one.basis, '')} ({max(one.low, 0):.0f} to {one.high:.0f})"


def per_game(league: CardInLeague) -> str:
    """ "14.2 in 8 games"."""
    if league.per_game is None:
        return "no game yet"
    return f"{league.per_game:.1f} in {league.games} game{'' if league.games == 1 else 's'}"


def sparks(weeks: Sequence[WeekLine]) -> list[float | Gap | None]:
    """A season as a sparkline takes it."""
    return [_GAPS.get(line.state, line.points) for line in weeks]


def bases(known: Expectations) -> str:
    """What the marks beside expected points mean, of those that are there."""
    found = {one.basis for both in known.values() for one in both if one is not None}
    return "  ".join(told for basis, told in BASES.items() if basis in found)
