"""The check at the key: whether the world is still the one that a recommendation was made for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.premises import Line, Premises, premises
from fantasy_tui.crud.known import is_past
from fantasy_tui.crud.recheck import Team, World, load_world
from fantasy_tui.football.availability import availability

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.models import AgentDecision


async def moved_since(
    session: AsyncSession, decision: AgentDecision, document: dict[str, Any], now: datetime
) -> tuple[str, ...]:
    """One sentence for each thing that is no longer as the checked document says; empty when nothing moved.

    At an instant long before what the store has seen nothing can be said: its rows are of another time.
    """
    if await is_past(session, now):
        return ()
    rests_on = premises(document)
    named = {*rests_on.movers, *rests_on.hurt}
    world = await load_world(
        session,
        league_id=decision.league_id,
        season=decision.season,
        week=decision.week,
        players=named,
        now=now,
    )
    found = [*_kicked_off(rests_on, world, decision.expires_at, now), *_designations(rests_on, world)]
    mine = world.teams.get(decision.roster_id)
    if mine is not None:
        found += [*_rosters(rests_on, world, decision.roster_id, mine), *_slots(rests_on, mine)]
    return tuple(dict.fromkeys(found))


def _kicked_off(rests_on: Premises, world: World, deadline: datetime, now: datetime) -> Iterator[str]:
    """Who cannot be moved any more; a game that was over before the recommendation was made is no news."""
    for player, line in rests_on.movers.items():
        known = world.players.get(player)
        if known is None or known.team not in world.begun:
            continue
        # The deadline is the first kickoff that lay ahead.
        if line["kickoff"] is not None and datetime.fromisoformat(line["kickoff"]) < deadline:
            continue
        kickoff = world.begun[known.team]
        if kickoff <= now:
            yield f"{line['name']} kicked off at {kickoff.astimezone():%H:%M}."
        else:
            yield f"{line['name']}'s game has begun."


def _designations(rests_on: Premises, world: World) -> Iterator[str]:
    """Who is more or less hurt than he was; of those who leave only who is fitter."""
    watched = rests_on.watched
    for player, line in (rests_on.movers | rests_on.hurt).items():
        known = world.players.get(player)
        if known is None:
            continue
        was, now = line["injury_status"], known.injury_status
        if was != now and (player in watched or _plays(now) > _plays(was)):
            yield (
                f"{line['name']} is {now or 'off the injury report'} now"
                f" (was {was or 'not on the injury report'})."
            )


def _plays(injury_status: str | None) -> float:
    return availability(injury_status, has_team=True, on_bye=False).play_probability


def _rosters(rests_on: Premises, world: World, roster_id: int, mine: Team) -> Iterator[str]:
    """Who is no longer where he must be."""
    for player, line in {
        **rests_on.shifts,
        **rests_on.sits,
        **rests_on.starts,
        **rests_on.leaves,
        **rests_on.hurt,
    }.items():
        if player not in mine.players:
            yield f"{line['name']} is no longer on your roster."
    for player, line in rests_on.starts.items():
        if player in mine.players and player in mine.barred:
            yield f"{line['name']} is on reserve or taxi now."
    for player, line in rests_on.joins.items():
        owner = world.owner_of(player)
        if owner is not None:
            where = "is on your roster already" if owner == roster_id else "is on another team's roster now"
            yield f"{line['name']} {where}."
    theirs = world.teams.get(rests_on.partner) if rests_on.partner is not None else None
    for player, line in rests_on.comes.items():
        if theirs is None or player not in theirs.players:
            yield f"{line['name']} is no longer on the roster of {rests_on.partner_name}."


def _slots(rests_on: Premises, mine: Team) -> Iterator[str]:
    """Where the line-up is no longer the one that was to be changed."""
    for player, line in rests_on.starts.items():
        if player in mine.starters:
            yield f"{line['name']} starts already."
    for player, line in {**rests_on.sits, **rests_on.shifts}.items():
        if player in mine.players and player not in mine.starters:
            yield f"{line['name']} does not start any more."
    if len(mine.starters) != rests_on.size:
        return
    for change in rests_on.slots:
        now = mine.starters[change.index]
        was = change.before["player_id"] if change.before is not None else None
        if now == was or _told(change.before, change.after, mine, now):
            continue
        if change.before is None:
            yield f"{change.slot} is no longer empty."
        elif now is None:
            yield f"{change.slot} is empty now (was {change.before['name']})."
        else:
            yield f"Someone else stands in {change.slot} now (was {change.before['name']})."


def _told(before: Line | None, after: Line | None, mine: Team, now: str | None) -> bool:
    """Whether another sentence says it: the player who was there is gone, or the one to come is there."""
    return (before is not None and before["player_id"] not in mine.starters) or (
        after is not None and after["player_id"] == now
    )
