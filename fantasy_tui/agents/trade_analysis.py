"""trade_analysis: offers that lift my line-ups over the coming weeks and cost the partner's nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from fantasy_tui.agents import explain
from fantasy_tui.agents.explain import signed
from fantasy_tui.agents.lines import brief, described, player_line, source_lines
from fantasy_tui.agents.proposal import Edit, OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import TradeOffer
from fantasy_tui.football.bench import trading_closed
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY, TOSS_UP_PROBABILITY, confidence
from fantasy_tui.football.settle import Rosters
from fantasy_tui.football.slots import STREAMED
from fantasy_tui.football.trade import (
    FOUND_CAME_TRUE,
    LUCK_OF_THE_SEARCH,
    Deal,
    counter,
    evaluate,
    probability,
    score,
    uncertainty,
)
from fantasy_tui.football.trade_search import find
from fantasy_tui.football.trade_values import Ledger, ledger
from fantasy_tui.football.view import LeagueView, PlayerWeek

MODEL_VERSION = "trade-lineups-2"
KIND = "trade_analysis"

MOST_OFFERS = 3
LEAST_ACCEPTANCE = 0.10
"""An offer likelier to be refused than that is noise."""
_WITHOUT_A_GAME = timedelta(days=1)


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """At most three offers, one to a partner, each promised more than luck; else the best toss-up.

    None after the league's trade deadline or where trades are disabled, and none in best ball, where line-ups
    that are set ahead say little.
    """
    if trading_closed(view) is not None or view.is_best_ball:
        return []
    book = ledger(view)
    offers: dict[int, tuple[Deal, float]] = {}
    toss_ups: dict[int, tuple[Deal, float]] = {}
    for deal in sorted(find(view, book=book, on_progress=on_progress), key=_rank):
        if deal.acceptance < LEAST_ACCEPTANCE or deal.partner in offers:
            continue
        chance = explain.lowered(view, probability(book, deal.mine, found=True))
        if chance >= ACT_PROBABILITY and deal.mine.gain_if_found >= ACT_GAIN:
            offers[deal.partner] = deal, chance
        elif chance >= TOSS_UP_PROBABILITY:
            toss_ups.setdefault(deal.partner, (deal, chance))
        if len(offers) == MOST_OFFERS:
            break
    if offers:
        return [_proposal(view, book, deal, chance, actionable=True) for deal, chance in offers.values()]
    return [
        _proposal(view, book, deal, chance, actionable=False) for deal, chance in list(toss_ups.values())[:1]
    ]


def edits(view: LeagueView, advice: TradeOffer) -> list[Edit]:
    """The counter: the nearest offer that is better for both, or easier to agree on."""
    if view.mine is None or trading_closed(view) is not None:
        return []
    book = ledger(view)
    give, get = ([line.player_id for line in side] for side in (advice.give, advice.get))
    try:
        other = counter(view, evaluate(view, give, get, advice.partner_roster_id, book=book), book=book)
    except ValueError:
        return []  # somebody has changed teams: the check at the key says who
    if other is None:
        return []
    chance = explain.lowered(view, probability(book, other.mine, found=True))
    label = f"Give {_names(view, other.mine.gives)} for {_names(view, other.mine.gets)}"
    return [(label, _proposal(view, book, other, chance, actionable=True))]


def _rank(deal: Deal) -> tuple[float, float]:
    """The best first: what is expected of the deal and whether it comes about."""
    players = len(deal.mine.gives) + len(deal.mine.gets)
    return -score(deal.mine.gain_if_found, deal.acceptance, players), -deal.score


def _proposal(view: LeagueView, book: Ledger, deal: Deal, chance: float, *, actionable: bool) -> Proposal:
    mine, theirs = deal.mine, deal.theirs
    involved = _known(view, (*mine.gives, *mine.gets, *mine.drops))
    odds = uncertainty(book, mine, found=True)
    low, high = odds.middle()
    recommendation = TradeOffer(
        summary=_summary(view, deal),
        reasons=(
            explain.frequency(confidence(chance) / 100, odds.mean, odds.middle()),
            *_promises(view, deal),
            *(_player(book, p, "You get") for p in _known(view, mine.gets)),
            *(_player(book, p, "You give") for p in _known(view, mine.gives)),
            *_drops(view, deal),
            *(
                explain.contributions(p)
                for p in involved
                if view.week in deal.weeks and p.kickoff is not None
            ),
            _acceptance(view, deal),
        ),
        sources=source_lines(view),
        alternative=_alternative(view, book, deal),
        status_quo=f"Without it your best line-ups{_aside(book)} are expected to score {sum(mine.before):.1f} points"
        f" over {_span(deal)}; with it {sum(mine.before) + mine.gain_if_found:.1f}.",
        middle=(round(low, 1), round(high, 1)),
        flips=_flips(view, deal),
        record=explain.record(view, KIND, chance),
        lacks=_lacks(view, book, involved),
        as_of=view.as_of,
        stale=view.stale,
        settle=Rosters(deal.weeks, mine.new, mine.old),
        partner_roster_id=deal.partner,
        partner=_partner(view, deal),
        give=tuple(player_line(p) for p in _known(view, mine.gives)),
        get=tuple(player_line(p) for p in _known(view, mine.gets)),
        drop=tuple(player_line(p) for p in _known(view, mine.drops)),
        partner_drop=tuple(player_line(p) for p in _known(view, theirs.drops)),
        acceptance_probability=round(deal.acceptance, 2),
        partner_gain=round(theirs.gain, 2),
        gain_by_week=tuple(round(points, 2) for points in mine.by_week),
        weeks=deal.weeks,
    )
    return Proposal(
        subject=f"trade:{deal.partner}:{','.join(mine.gives)}>{','.join(mine.gets)}",
        recommendation=recommendation,
        confidence=round(confidence(chance)),
        expected_gain=round(mine.gain_if_found, 2),
        expires_at=_expires(view, involved),
        horizon=_span(deal),
        actionable=actionable,
        settles_week=deal.weeks[-1],
    )


def _known(view: LeagueView, players: Iterable[str]) -> list[PlayerWeek]:
    return [view.players[p] for p in players if p in view.players]


def _names(view: LeagueView, players: Iterable[str]) -> str:
    *most, last = [p.name for p in _known(view, players)]
    return f"{', '.join(most)} and {last}" if most else last


def _partner(view: LeagueView, deal: Deal) -> str:
    return brief(view.rosters[deal.partner].team_name)


def _span(deal: Deal) -> str:
    first, last = deal.weeks[0], deal.weeks[-1]
    return f"week {first}" if first == last else f"weeks {first}-{last}"


def _summary(view: LeagueView, deal: Deal) -> str:
    return (
        f"Trade {_names(view, deal.mine.gives)} to {_partner(view, deal)} for {_names(view, deal.mine.gets)}"
    )


def _promises(view: LeagueView, deal: Deal) -> list[str]:
    mine, slope = deal.mine, CALIBRATION.slopes["trade"]
    weekly = " · ".join(
        f"{week} {signed(points)}" for week, points in zip(deal.weeks, mine.by_week, strict=True)
    )
    said = [
        f"Your best line-ups over {_span(deal)} are promised {signed(mine.promised)} points"
        f" ({signed(deal.promised_a_week)} a week). It is the best of very many deals tried: {LUCK_OF_THE_SEARCH}"
        f" points a week of its promise are taken for luck, and of the rest {slope:g} is kept, as measured trades"
        f" kept, which leaves {signed(mine.gain_if_found)}.",
        f"Promised week by week: {weekly}.",
    ]
    came_true = next((share for least, share in FOUND_CAME_TRUE if deal.promised_a_week >= least), None)
    if came_true is not None:
        said.append(
            f"Offers found so that promised about as much came true in {came_true} of 100 (three recorded"
            " leagues, 2024); one that a manager agrees to may well do worse."
        )
    if view.week not in deal.weeks:
        said.append(f"Week {view.week} has begun and does not count.")
    return said


def _player(book: Ledger, player: PlayerWeek, verb: str) -> str:
    weekly = book.expected(player.player_id)
    mean = sum(weekly) / max(1, len(weekly))
    absent = [str(week) for week, points in zip(book.weeks, weekly, strict=True) if points <= 0]
    named = f"week{'s' if len(absent) > 1 else ''} {', '.join(absent)}"
    without = f", nothing in {named}" if absent and len(absent) < len(weekly) else ""
    return f"{verb} {described(player)}: {mean:.1f} points a week expected{without}."


def _aside(book: Ledger) -> str:
    return "" if len(book.slots) == len(book.view.slots) else ", kickers and defences aside,"


def _drops(view: LeagueView, deal: Deal) -> list[str]:
    said = []
    if deal.mine.drops:
        said.append(f"To make room you drop {_names(view, deal.mine.drops)}; that is in these numbers.")
    if deal.theirs.drops:
        said.append(f"{_partner(view, deal)} would have to drop {_names(view, deal.theirs.drops)}.")
    return said


def _acceptance(view: LeagueView, deal: Deal) -> str:
    trades = view.trades.get(deal.partner, 0)
    made = f"{trades} trade{'' if trades == 1 else 's'}"
    return (
        f"{_partner(view, deal)} might accept in {round(100 * deal.acceptance)} of 100. This is an"
        f" estimate with no measurement behind it and no part of the confidence: its line-ups are promised"
        f" {signed(deal.theirs.promised)} points, the market value it gets is {signed(deal.market)} points a week above"
        f" replacement, and it has made {made} this season."
    )


def _alternative(view: LeagueView, book: Ledger, deal: Deal) -> str | None:
    other = counter(view, deal, book=book)
    if other is None:
        return None
    first = "If they refuse" if other.acceptance >= deal.acceptance else "Better for both line-ups"
    return (
        f"{first}: {_names(view, other.mine.gives)} for {_names(view, other.mine.gets)}, expected"
        f" {signed(other.mine.gain_if_found)} points for you and {signed(other.theirs.gain)} for them,"
        f" accepted in perhaps {round(100 * other.acceptance)} of 100."
    )


def _flips(view: LeagueView, deal: Deal) -> tuple[str, ...]:
    hurt = [p for p in _known(view, deal.mine.gets) if p.injury_status]
    return (
        f"{_names(view, deal.mine.gets)} scor{'es' if len(deal.mine.gets) == 1 else 'e'}"
        f" {max(0.1, deal.promised_a_week - LUCK_OF_THE_SEARCH):.1f} points a week less than expected",
        *(f"{p.name} ({p.injury_status}) stays out longer than expected" for p in hurt),
        "one of these players is hurt, dropped or traded before they answer",
    )


def _lacks(view: LeagueView, book: Ledger, players: list[PlayerWeek]) -> tuple[str, ...]:
    ahead = len([week for week in book.weeks if week != view.week])
    short = [p.name for p in players if len(p.ahead) < ahead]
    found = explain.lacks(view, players if view.week in book.weeks else ())
    if short:
        found += (f"{', '.join(short)}: nothing is known of some weeks ahead, which count as 0.",)
    if any(player.group in STREAMED for player in players):
        found += ("Kickers and defences are left out: they are added for a week, not traded for.",)
    return explain.this_season_only(view) + found


def _expires(view: LeagueView, players: Iterable[PlayerWeek]) -> datetime:
    """The next kickoff of these players' games, else of the week's; a day from now where none is known."""
    for group in (players, view.players.values()):
        kickoffs = [p.kickoff for p in group if p.kickoff is not None and p.kickoff > view.now]
        if kickoffs:
            return min(kickoffs)
    return view.now + _WITHOUT_A_GAME
