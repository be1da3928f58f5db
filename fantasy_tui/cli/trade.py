"""The command `trade`: what an offer would do to both teams' line-ups, and one that is easier to agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, NotFound, UsageError
from fantasy_tui.cli.output import gain, plain
from fantasy_tui.football.names import NameBook
from fantasy_tui.football.picks import Extras, Holding
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.trade_words import Names, grounds, names_of, sentence

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench
    from fantasy_tui.football.view import LeagueView


async def trade(context: Context) -> int:
    """Evaluate an offer."""
    arguments = context.arguments
    async with context.workspace() as workspace:
        view = await workspace.browse.view(arguments.league_id)
        if view.mine is None:
            raise NotFound(f"You have no team in {plain(view.name)}.")
        give = _players(view, arguments.give, view.mine.players)
        others = [team for number, team in view.rosters.items() if number != view.my_roster_id]
        get = _players(view, arguments.get, [player for team in others for player in team.players])
        owners = [team.roster_id for team in others if set(get) & set(team.players)]
        if len(owners) != 1:
            raise UsageError("The players to get belong to several teams: a trade is with one.")
        holdings, me = await workspace.browse.holdings(view), view.mine.roster_id
        beside = (
            _extras(holdings, me, arguments.give_pick, arguments.give_faab),
            _extras(holdings, owners[0], arguments.get_pick, arguments.get_faab),
        )
        bench = await workspace.browse.bench(view, owners[0], give, get, beside=beside)
        near = await workspace.browse.counters(view, owners[0], give, get, limit=1, beside=beside)
    if context.json:
        output.as_json(_document(bench) | {"counter": _document(near[0]) if near else None})
        return 0
    names = names_of(view, holdings)
    output.say(*_described(bench, names))
    if near:
        output.say("", "Easier to agree on:", *_described(near[0], names))
    output.say("", plain(ages(view.sources, view.now)))
    return 0


def _players(view: LeagueView, typed: Iterable[str], among: Iterable[str]) -> list[str]:
    """The ids of the players who are meant, by id or by a part of the name; raises NotFound or UsageError."""
    book = NameBook(view.players[player] for player in among if player in view.players)
    return [_player(book.meant(wanted), wanted) for wanted in typed]


def _extras(holdings: Mapping[int, Holding], roster_id: int, picks: Sequence[str], faab: int) -> Extras:
    """What a team gives beside players; raises NotFound for what it does not have."""
    held = holdings[roster_id]
    by_key = {pick.key: pick for pick in held.picks}
    keys = [typed if typed.count(".") > 1 else f"{typed}.{roster_id}" for typed in picks]
    for typed, key in zip(picks, keys, strict=True):
        if key not in by_key:
            has = ", ".join(by_key) or "none that can be traded"
            raise NotFound(f"Team {roster_id} does not hold pick {plain(typed)}: it has {has}.")
    if not 0 <= faab <= held.faab:
        raise NotFound(f"Team {roster_id} can give $0 to ${held.faab} of FAAB, not ${faab}.")
    return Extras(frozenset(by_key[key] for key in keys), faab)


def _player(found: list[Any], wanted: str) -> str:
    if not found:
        raise NotFound(f"Nobody called {plain(wanted)} is on those teams.")
    if len(found) > 1:
        names = ", ".join(f"{plain(p.name)} ({p.player_id})" for p in found[:5])
        raise UsageError(f"{plain(wanted)} could be {names}: give more of the name, or the id.")
    return str(found[0].player_id)


def _document(bench: Bench) -> dict[str, Any]:
    mine, theirs = bench.mine, bench.theirs
    return {
        "partner_roster_id": bench.partner,
        "give": mine.gives,
        "get": mine.gets,
        "give_picks": [pick.key for pick in sorted(mine.extras.picks)],
        "get_picks": [pick.key for pick in sorted(theirs.extras.picks)],
        "give_faab": mine.extras.faab,
        "get_faab": theirs.extras.faab,
        "drop": mine.drops,
        "partner_drop": theirs.drops,
        "weeks": bench.weeks,
        "promised": round(mine.total, 2),
        "gain": round(mine.gain, 2),
        "gain_by_week": [round(points, 2) for points in mine.by_week],
        "partner_gain": round(theirs.gain, 2),
        "partner_gain_by_week": [round(points, 2) for points in theirs.by_week],
        "market": round(bench.market, 2),
        "probability": round(bench.chance, 3) if bench.chance is not None else None,
        "acceptance": bench.acceptance,
        "problem": bench.problem,
        "lacks": bench.lacks,
        "as_of": bench.as_of,
    }


def _described(bench: Bench, names: Names) -> Iterator[str]:
    yield plain(f"{sentence(bench, names)}.")
    if bench.problem is not None:
        yield plain(f"Not possible as it stands: {bench.problem}")
    for who, side in (("Your", bench.mine), ("Their", bench.theirs)):
        weekly = " ".join(f"{w}:{gain(p)}" for w, p in zip(bench.weeks, side.by_week, strict=True))
        yield (
            f"{who} line-ups: {gain(side.gain)} points expected ({gain(side.total)} promised"
            f" before the measured discount); by week {weekly or 'nothing'}."
        )
    for line in (*grounds(bench, names), *bench.lacks):
        yield plain(line)
