"""A slot of a line-up and who has it, as a week's matchup shows it."""

from dataclasses import dataclass
from datetime import datetime

from .matchup import GAME_LASTS, expected_total
from .projection import Basis
from .view import LeagueView, PlayerWeek

EMPTY, UNKNOWN, BYE, AHEAD, PLAYING, OVER = "empty", "unknown", "bye", "ahead", "playing", "over"
"""What becomes of a seat this week. Unknown: nothing is known about the player, or no game of his."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A slot of a line-up and who has it."""

    slot: str
    """BN, IR or TAXI for those who do not play."""
    player_id: str | None
    """None: the slot is empty."""
    name: str
    """His id where nothing is known about him; empty for an empty slot."""
    state: str
    """empty, unknown, bye, ahead, playing or over."""
    position: str | None = None
    nfl_team: str | None = None
    opponent: str | None = None
    at_home: bool | None = None
    kickoff: datetime | None = None
    kickoff_assumed: bool = False
    locked: bool = False
    projected: float | None = None
    """League points expected before the game, his chance to play counted; none without a projection."""
    points: float | None = None
    """Scored so far; none before the game."""
    final: float | None = None
    """Expected at the end, points so far included; none where nothing is known to expect."""
    injury: str | None = None
    """Sleeper's designation."""
    plays: float | None = None
    """His chance to play, 0 to 1."""
    assumed: bool = False
    """Not set there, but expected to come in for who will not play."""


def seat(view: LeagueView, slot: str, player_id: str | None, *, assumed: bool = False) -> Seat:
    """A slot with the player who has it, as the view knows him."""
    player = view.player(player_id)
    if player is None:
        state = EMPTY if player_id is None else UNKNOWN
        return Seat(slot=slot, player_id=player_id, name=player_id or "", state=state)
    expects = player.projection.basis is not Basis.NONE
    return Seat(
        slot=slot,
        player_id=player_id,
        name=player.name,
        state=_state(view, player),
        position=player.position,
        nfl_team=player.team,
        opponent=player.opponent,
        at_home=player.at_home,
        kickoff=player.kickoff,
        kickoff_assumed=player.kickoff_assumed,
        locked=player.locked(view.now),
        projected=player.expected if expects and not player.on_bye else None,
        points=player.points,
        final=expected_total(view, player) if expects or player.points is not None else None,
        injury=player.injury_status,
        plays=player.availability.play_probability,
        assumed=assumed,
    )


def _state(view: LeagueView, player: PlayerWeek) -> str:
    if player.on_bye:
        return BYE
    if player.kickoff is None:
        return UNKNOWN
    if not player.locked(view.now):
        return AHEAD
    return PLAYING if view.now < player.kickoff + GAME_LASTS else OVER
