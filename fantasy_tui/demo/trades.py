"""Trades between a league's teams: player for player, with a pick or some dollars where one side gives more."""

from datetime import datetime, timedelta
from random import Random

from fantasy_tui.demo.books import Books, Gift, Move, Pick
from fantasy_tui.demo.draft import Squad
from fantasy_tui.demo.pickups import add
from fantasy_tui.demo.teams import SEASON, WEEK, claims_decided
from fantasy_tui.demo.waivers import BIDDING, chased

TRADED = "Your trade was processed successfully!"
_TRADED = ("RB", "WR")
_KEPT = 3
"""Running backs and receivers that no team goes below."""
_EVEN = 1.0
"""League points a game by which two players may differ without more."""
_A_POINT = 4
"""Dollars that make up for a league point a game."""
_REVIEWED = timedelta(days=1)


def trading_weeks(rng: Random, books: Books) -> set[int]:
    """The weeks before which somebody trades."""
    return set(rng.sample(range(2, WEEK + 1), 7 if books.rules.taxi else 4))


def trade(rng: Random, books: Books, week: int) -> None:
    """Two teams swap players who are not their best; in leagues with picks one may sell for the future."""
    at = claims_decided(week) - timedelta(hours=4, seconds=rng.randint(0, 16 * 3600))
    one, two = rng.sample(books.managed, 2)
    if books.rules.taxi and rng.random() < 0.4:
        _sell(rng, books, week, at, one, two)
        return
    given, got = rng.choice(_TRADED), rng.choice(_TRADED)
    if given != got and min(len(books.active(one, given)), len(books.active(two, got))) <= _KEPT:
        given = got
    if len(books.active(one, given)) < 2 or len(books.active(two, got)) < 2:
        return
    worth = books.pool.worth
    gives = books.active(one, given)[1]
    gets = min(books.active(two, got)[1:4], key=lambda player: (abs(worth[player] - worth[gives]), player))
    surplus = worth[gives] - worth[gets]
    better, other = (one, two) if surplus > 0 else (two, one)
    picks, gifts = _made_up(rng, books, better.roster_id, other.roster_id, abs(surplus))
    _make(books, week, at, one, two, {gives: two.roster_id, gets: one.roster_id}, {}, picks, gifts)


def _made_up(
    rng: Random, books: Books, better: int, other: int, surplus: float
) -> tuple[tuple[Pick, ...], tuple[Gift, ...]]:
    """What the team that gets the better player adds."""
    if surplus < _EVEN:
        return (), ()
    if books.rules.taxi:
        return _pick(rng, books, other, better, 2 if surplus > 2 * _EVEN else 3), ()
    amount = min(round(_A_POINT * surplus), books.left(other))
    if books.rules.settings["waiver_type"] == BIDDING and amount > 0:
        return (), (Gift(other, better, amount),)
    return (), ()


def _pick(rng: Random, books: Books, giver: int, receiver: int, number: int) -> tuple[Pick, ...]:
    """A pick that the giver has in this round of one of the next drafts; none where all are gone."""
    years = [str(int(SEASON) + ahead) for ahead in (1, 2, 3)]
    held = [
        (year, original)
        for year in years
        for original in books.squads
        if books.owned(giver, original, year, number) and original != receiver
    ]
    if not held:
        return ()
    year, original = rng.choice(held[:2])
    return (Pick(year, number, original, giver, receiver),)


def _sell(rng: Random, books: Books, week: int, at: datetime, one: Squad, two: Squad) -> None:
    """A good player for a first-round pick: the buyer drops one for him, the seller fills up from the wire."""
    position = rng.choice(_TRADED)
    sold, dropped = books.active(one, position)[0], books.active(two, position)[-1]
    picks = _pick(rng, books, two.roster_id, one.roster_id, 1)
    if not picks:
        return
    _make(books, week, at, one, two, {sold: two.roster_id}, {dropped: two.roster_id}, picks, ())
    filled = at + timedelta(minutes=rng.randint(9, 180))
    free = chased(books, books.pool.worth, books.on_waivers(filled))
    wanted = (p for p, _ in free if books.pool.of[p].position == position)
    add(books, week, filled, one.roster_id, next(wanted), None)


def _make(
    books: Books,
    week: int,
    at: datetime,
    one: Squad,
    two: Squad,
    adds: dict[str, int],
    drops: dict[str, int],
    picks: tuple[Pick, ...],
    gifts: tuple[Gift, ...],
) -> None:
    givers = {two.roster_id: one.roster_id, one.roster_id: two.roster_id}
    books.make(
        Move(
            week=week,
            kind="trade",
            created=at - _REVIEWED,
            decided=at,
            roster_ids=(one.roster_id, two.roster_id),
            adds=adds,
            drops={player: givers[roster_id] for player, roster_id in adds.items()} | drops,
            note=TRADED,
            picks=picks,
            gifts=gifts,
        )
    )


def tidy_up(books: Books, week: int) -> None:
    """The commissioner gives the team that nobody manages a better bench player."""
    (orphan,) = (squad for squad in books.squads.values() if squad not in books.managed)
    at = claims_decided(week) + timedelta(minutes=5)
    free = chased(books, books.pool.worth, books.on_waivers(at))
    player = next(p for p, _ in free if books.pool.of[p].position == "WR")
    add(books, week, at, orphan.roster_id, player, books.active(orphan, "WR")[-1], "commissioner")
