"""Players, line-ups and sources as the lines of a recommendation."""

from collections.abc import Collection, Sequence

from fantasy_tui.agents.recommendation import PlayerLine, SlotLine, SourceLine
from fantasy_tui.football.view import LeagueView, PlayerWeek

_LONGEST_NAME = 28


def player_line(player: PlayerWeek) -> PlayerLine:
    """A player as he stands now."""
    return PlayerLine(
        player_id=player.player_id,
        name=player.name,
        position=player.position,
        team=player.team,
        opponent=matchup(player) if player.opponent else None,
        points=round(player.expected, 2),
        injury_status=player.injury_status,
        kickoff=player.kickoff,
    )


def slot_lines(
    view: LeagueView, lineup: Sequence[str | None], locked: Collection[int] = ()
) -> tuple[SlotLine, ...]:
    """A line-up slot by slot."""
    return tuple(
        SlotLine(
            slot=slot,
            player=player_line(known) if (known := view.player(player)) is not None else None,
            locked=index in locked,
        )
        for index, (slot, player) in enumerate(zip(view.slots, lineup, strict=True))
    )


def source_lines(view: LeagueView) -> tuple[SourceLine, ...]:
    """The view's sources and their ages."""
    return tuple(SourceLine(name=source.name, as_of=source.as_of) for source in view.sources)


def brief(name: str) -> str:
    """A team's name as far as it fits into a line that says more."""
    words = " ".join(name.split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


def matchup(player: PlayerWeek) -> str:
    """`at DAL`, `v PHI`, `bye` or `no game`."""
    if player.on_bye:
        return "bye"
    if player.opponent is None:
        return "no game"
    return f"{'v' if player.at_home else 'at'} {player.opponent}"


def described(player: PlayerWeek) -> str:
    """Name, position, team and matchup, with the status of an injured player."""
    place = " ".join(part for part in (player.position, player.team, matchup(player)) if part)
    status = f", {player.injury_status}" if player.injury_status else ""
    return f"{player.name} ({place}{status})"
