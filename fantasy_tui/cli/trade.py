"""The command `trade`: what an offer would do to both teams' line-ups, and one that is easier to agree on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, NotFound, UsageError
from fantasy_tui.cli.output import plain
from fantasy_tui.football.search import normalise
from fantasy_tui.football.view import LeagueView, PlayerWeek


async def trade(context: Context) -> int:
    """Evaluate an offer."""
    arguments = context.arguments
    async with context.workspace() as workspace:
        view = await workspace.view(arguments.league_id)
    if view.mine is None:
        raise NotFound(f"You have no team in {plain(view.name)}.")
    give = [_player(view, name, view.mine.players).player_id for name in arguments.give]
    theirs = [p for number, team in view.rosters.items() if number != view.my_roster_id for p in team.players]
    get = [_player(view, name, theirs).player_id for name in arguments.get]
    owners = {number for number, team in view.rosters.items() if set(get) & set(team.players)}
    if len(owners) != 1:
        raise UsageError("The players to get belong to several teams: a trade is with one.")
    deal, chance, other = await asyncio.to_thread(_weigh, view, give, get, owners.pop())
    if context.json:
        output.as_json(
            _document(view, deal, chance) | {"counter": _document(view, *other) if other else None}
        )
        return 0
    output.say(*_described(view, deal, chance))
    if other:
        output.say("", "Easier to agree on:", *_described(view, *other))
    return 0


def _weigh(view: LeagueView, give: Sequence[str], get: Sequence[str], partner: int) -> tuple[Any, float, Any]:
    """The deal, the chance that it gains, and a counter with its own chance (none where there is none)."""
    from fantasy_tui.football.trade import counter, evaluate, probability
    from fantasy_tui.football.trade_values import ledger

    book = ledger(view)
    try:
        deal = evaluate(view, give, get, partner, book=book)
    except ValueError as error:
        raise UsageError(str(error)) from error
    other = counter(view, deal, book=book)
    return (
        deal,
        probability(book, deal.mine),
        (other, probability(book, other.mine)) if other is not None else None,
    )


def _player(view: LeagueView, wanted: str, among: Iterable[str]) -> PlayerWeek:
    """The one player of these who is meant, by id or by a part of his name; raises NotFound or UsageError."""
    players = [view.players[p] for p in among if p in view.players]
    found = [p for p in players if p.player_id == wanted]
    words = normalise(wanted)
    found = found or [p for p in players if normalise(p.name) == words]
    found = found or [p for p in players if words and words in normalise(p.name)]
    if not found:
        raise NotFound(f"Nobody called {plain(wanted)} is on those teams.")
    if len(found) > 1:
        names = ", ".join(f"{plain(p.name)} ({p.player_id})" for p in found[:5])
        raise UsageError(f"{plain(wanted)} could be {names}: give more of the name, or the id.")
    return found[0]


def _names(view: LeagueView, players: Iterable[str]) -> str:
    return ", ".join(plain(view.players[p].name) for p in players) or "nobody"


def _document(view: LeagueView, deal: Any, chance: float) -> dict[str, Any]:
    return {
        "partner_roster_id": deal.partner,
        "give": deal.mine.gives,
        "get": deal.mine.gets,
        "drop": deal.mine.drops,
        "partner_drop": deal.theirs.drops,
        "weeks": deal.weeks,
        "promised": round(deal.mine.promised, 2),
        "gain": round(deal.mine.gain, 2),
        "gain_by_week": [round(points, 2) for points in deal.mine.by_week],
        "partner_gain": round(deal.theirs.gain, 2),
        "probability": round(chance, 3),
        "acceptance": deal.acceptance,
        "problem": deal.problem,
        "as_of": view.as_of,
    }


def _described(view: LeagueView, deal: Any, chance: float) -> list[str]:
    partner = plain(view.rosters[deal.partner].team_name, 40)
    weekly = " ".join(f"{w}:{p:+.1f}" for w, p in zip(deal.weeks, deal.mine.by_week, strict=True))
    lines = [
        f"Give {_names(view, deal.mine.gives)} to {partner} for {_names(view, deal.mine.gets)}.",
        f"Your line-ups: {deal.mine.gain:+.1f} points over weeks {deal.weeks[0]}-{deal.weeks[-1]}"
        f" ({deal.mine.promised:+.1f} promised before the measured discount), ahead in {round(100 * chance)} of 100.",
        f"Week by week: {weekly}.",
        f"{partner}: {deal.theirs.gain:+.1f} points; accepts in about {round(100 * deal.acceptance)} of 100"
        " (an estimate, not measured).",
    ]
    for who, side in (("You", deal.mine), (partner, deal.theirs)):
        if side.drops:
            lines.append(f"{who} would have to drop {_names(view, side.drops)}.")
    if deal.problem:
        lines.append(f"Not possible as it stands: {plain(deal.problem)}")
    return lines
