"""Free agents who are added without a claim: on Wednesday, for a week's bye, for who is on reserve, on Saturday."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from random import Random

from fantasy_tui.demo.books import Books, Move
from fantasy_tui.demo.draft import Squad
from fantasy_tui.demo.teams import NOW, claims_decided, published
from fantasy_tui.demo.waivers import Last, chased, spare

_CHOICE = 12
"""Wednesday's adds are among so many of the most wanted."""
_FOR_A_WEEK = ("K", "DEF")
_ONE_STARTS = ("QB", "TE", *_FOR_A_WEEK)
_IMPATIENT = 4
"""Managers who let somebody go on Saturday."""

Times = Iterator[datetime]
"""Moments in order: who comes later cannot have whom somebody has just let go."""


def wednesday(rng: Random, week: int) -> Times:
    """More than enough moments between the run of waivers and what the week's reports say."""
    return iter(_instants(rng, claims_decided(week), published(week), 60))


def fill_up(rng: Random, books: Books, last: Last, week: int, times: Times) -> None:
    """Whoever was not claimed is there for the taking."""
    for _ in range(rng.randint(2, 4)):
        squad, at = rng.choice(books.managed), next(times)
        player = rng.choice([p for p, _ in chased(books, last, books.on_waivers(at))[:_CHOICE]])
        if (drop := spare(books, squad, player)) is not None:
            add(books, week, at, squad.roster_id, player, drop)


def stream(
    books: Books, last: Last, week: int, times: Times, playing: Collection[str], forgetful: int | None
) -> None:
    """Whose kickers, defences, quarterbacks or tight ends all rest takes one who plays.

    The team `forgetful` does not think of its kicker.
    """
    for squad in books.managed:
        for position in _ONE_STARTS:
            held = books.active(squad, position)
            if not held or any(books.pool.of[p].team in playing for p in held):
                continue
            if position == "K" and squad.roster_id == forgetful:
                continue
            at = next(times)
            # Nobody drops his only quarterback for a week's sake.
            keeps = len(held) == 1 and position not in _FOR_A_WEEK
            drop = (books.active(squad, "WR") if keeps else held)[-1]
            if (player := _best(books, last, position, at, playing)) is not None:
                add(books, week, at, squad.roster_id, player, drop)


def use_the_reserve(
    rng: Random,
    books: Books,
    last: Last,
    week: int,
    times: Times,
    hurt: Collection[str],
    playing: Collection[str],
) -> None:
    """A player on injured reserve makes room for another one; when he is back, somebody has to go."""
    rules = books.rules
    places = len(rules.positions) - rules.positions.count("IR")
    for squad in books.managed:
        aside = [p for p in squad.players if p in hurt and p not in squad.taxi]
        room = places + min(len(aside), rules.positions.count("IR")) - len(squad.players)
        if room == 0:
            continue
        at, position = next(times), rng.choice(("RB", "WR", "WR", "TE"))
        if room > 0 and (player := _best(books, last, position, at, playing)) is not None:
            add(books, week, at, squad.roster_id, player, None)
        elif room < 0:
            healthy = [p for p in books.active(squad, "WR") if p not in aside]
            add(books, week, at, squad.roster_id, None, healthy[-1])


def lose_patience(
    rng: Random, books: Books, last: Last, week: int, barred: Collection[str], mine: int
) -> None:
    """On Saturday a few managers let good players go after a bad week; those can be claimed by Sunday.

    `barred` are players whom nobody moves; the demo manager, whose roster is `mine`, waits.
    """
    others = [squad for squad in books.managed if squad.roster_id != mine]
    rng.shuffle(others)
    let_go = []
    for squad in others:
        sore = [p for p in _disappointing(books, squad, last) if p not in barred]
        let_go += [(squad.roster_id, max(sore, key=books.pool.worth.__getitem__))] if sore else []
    since, until = NOW - timedelta(hours=44), NOW - timedelta(hours=2)
    for at, (roster_id, drop) in zip(_instants(rng, since, until, _IMPATIENT), let_go, strict=False):
        position = books.pool.of[drop].position
        able = chased(books, last, {*barred, *books.on_waivers(at)})
        player = next(p for p, _ in able if books.pool.of[p].position == position)
        add(books, week, at, roster_id, player, drop)


def _disappointing(books: Books, squad: Squad, last: Last) -> Iterator[str]:
    """Bench players at the big positions who played last week and did not do half of what they are worth."""
    for position in ("RB", "WR"):
        for player in books.active(squad, position)[2:]:
            if last.get(player, books.pool.worth[player]) < books.pool.worth[player] / 2:
                yield player


def _best(books: Books, last: Last, position: str, at: datetime, playing: Collection[str]) -> str | None:
    """The most wanted free agent at a position whose team does not rest."""
    of = books.pool.of
    able = (p for p, _ in chased(books, last, books.on_waivers(at)) if of[p].team in playing)
    return next((player for player in able if of[player].position == position), None)


def add(
    books: Books,
    week: int,
    at: datetime,
    roster_id: int,
    player: str | None,
    drop: str | None,
    kind: str = "free_agent",
) -> None:
    """Write down that a team adds a player, drops one, or both."""
    books.make(
        Move(
            week=week,
            kind=kind,
            created=at,
            decided=at,
            roster_ids=(roster_id,),
            adds={player: roster_id} if player is not None else {},
            drops={drop: roster_id} if drop is not None else {},
        )
    )


def _instants(rng: Random, since: datetime, until: datetime, count: int) -> list[datetime]:
    """So many moments between the two, in order."""
    whole = (until - since).total_seconds()
    return sorted(since + timedelta(seconds=round(rng.uniform(0.02, 0.98) * whole)) for _ in range(count))
