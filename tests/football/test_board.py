from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from fantasy_tui.football.ahead import foreseen
from fantasy_tui.football.board import MatchupBoard, board
from fantasy_tui.football.matchup import GAME_LASTS, likely_lineup, side, win_probability
from fantasy_tui.football.odds import weakened
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from tests.random_views import views
from tests.views import MONDAY, NOW, SUNDAY, league, player

OVER = SUNDAY + GAME_LASTS
SLOTS = "QB RB"


def duel(
    mine: Sequence[PlayerWeek],
    theirs: Sequence[PlayerWeek],
    more: Sequence[Sequence[PlayerWeek]] = (),
    **how: Any,
) -> LeagueView:
    """Roster 1, the user's, meets roster 2; further rosters meet in pairs. The first players start."""
    squads = [mine, theirs, *more]
    view = league(SLOTS, [p for squad in squads for p in squad], [])
    starters = len(view.slots)
    rosters = {
        number: RosterWeek(
            roster_id=number,
            owner_id=f"o{number}",
            team_name=f"Team {number}",
            manager=f"manager {number}",
            players=tuple(p.player_id for p in squad),
            starters=tuple(p.player_id for p in squad[:starters]),
            wins=number,
            matchup_id=(number + 1) // 2,
            points=sum(p.points or 0.0 for p in squad[:starters]),
        )
        for number, squad in enumerate(squads, start=1)
    }
    return replace(view, **{"rosters": rosters, **how})


def pair(name: str, points: float = 10, **known: Any) -> list[PlayerWeek]:
    return [player(f"{name} qb", "QB", points + 5, **known), player(f"{name} rb", "RB", points, **known)]


def scored(squad: list[PlayerWeek], *points: float) -> list[PlayerWeek]:
    return [replace(p, points=number) for p, number in zip(squad, points, strict=True)]


def test_before_the_first_game() -> None:
    found = board(duel(pair("a", 12), pair("b", 10)), 1)
    assert (found.phase, found.next_kickoff) == ("before", SUNDAY)
    assert found.theirs is not None
    assert (found.mine.projected, found.theirs.projected) == (29, 25)
    assert (found.mine.points, found.theirs.points) == (None, None)
    assert (found.mine.to_play, found.mine.playing, found.mine.record) == (2, 0, (1, 0, 0))
    assert found.win is not None
    assert 0.5 < found.win < 0.8
    assert [(point.at, point.win) for point in found.curve] == [(NOW, found.win)]
    assert [seat.state for seat in found.mine.starters] == ["ahead", "ahead"]
    assert found.lacks == ()


def test_the_other_side_of_the_same_matchup() -> None:
    view = duel(pair("a", 12), pair("b", 10))
    mine, theirs = board(view, 1), board(view, 2)
    assert mine.win is not None
    assert theirs.win == pytest.approx(1 - mine.win, abs=0.01)
    assert (theirs.mine.roster_id, theirs.mine.mine) == (2, False)


def test_while_games_are_on() -> None:
    now = SUNDAY + GAME_LASTS / 2
    mine = [
        replace(player("a qb", "QB", 20), points=9.0),
        player("a rb", "RB", 10, kickoff=MONDAY, team="KC"),
    ]
    view = duel(mine, scored(pair("b", 10), 1.0, 0.0), now=now)
    found = board(view, 1)
    qb, rb = found.mine.starters
    assert (found.phase, qb.state, rb.state) == ("live", "playing", "ahead")
    assert (qb.points, qb.locked, qb.projected) == (9.0, True, 20)
    assert qb.final == pytest.approx(9 + 10)
    assert (rb.points, rb.final) == (None, 10)
    assert found.mine.points == 9.0
    assert found.mine.projected == pytest.approx(29)
    assert (found.mine.playing, found.mine.to_play, found.next_kickoff) == (1, 1, MONDAY)
    assert [point.at for point in found.curve] == [SUNDAY, now]
    assert found.curve[-1].win == found.win


@pytest.mark.parametrize(("mine", "theirs", "win"), [(20.0, 19.0, 1.0), (19.0, 20.0, 0.0), (20.0, 20.0, 0.5)])
def test_once_all_is_over_the_points_decide(mine: float, theirs: float, win: float) -> None:
    view = duel(scored(pair("a"), mine, 0.0), scored(pair("b"), theirs, 0.0), now=OVER + timedelta(days=1))
    found = board(view, 1)
    assert (found.phase, found.win, found.next_kickoff) == ("over", win, None)
    assert (found.mine.points, found.mine.projected) == (mine, mine)
    assert found.curve[-1].at == OVER
    assert found.curve[-1].win == win


def test_a_commissioners_correction_decides() -> None:
    view = duel(scored(pair("a"), 10.0, 0.0), scored(pair("b"), 20.0, 0.0), now=OVER + timedelta(days=1))
    rosters = {**view.rosters, 1: replace(view.rosters[1], points=99.0)}
    assert board(replace(view, rosters=rosters), 1).win == 1.0


def test_the_curve_moves_when_a_window_ends() -> None:
    """Sunday's games went to me, Monday's are ahead for both."""
    mine = [
        replace(player("a qb", "QB", 20), points=40.0),
        player("a rb", "RB", 10, kickoff=MONDAY, team="KC"),
    ]
    theirs = [
        replace(player("b qb", "QB", 20, team="SF", opponent="NYJ"), points=2.0),
        player("b rb", "RB", 10, kickoff=MONDAY, team="MIA", opponent="NE"),
    ]
    view = duel(mine, theirs, now=OVER + timedelta(hours=1))
    found = board(view, 1)
    assert [point.at for point in found.curve] == [SUNDAY, OVER, view.now]
    before, after, now = (point.win for point in found.curve)
    assert before == pytest.approx(0.5, abs=0.01)
    assert after > 0.97
    assert now == pytest.approx(after)
    assert found.phase == "between"


def test_who_was_hurt_in_the_game_was_not_out_before_it() -> None:
    fit = scored(pair("a"), 15.0, 10.0)
    hurt = [fit[0], replace(fit[1], injury_status="Out")]
    healthy, since = (
        board(duel(squad, scored(pair("b"), 15.0, 9.0), now=OVER + timedelta(hours=1)), 1)
        for squad in (fit, hurt)
    )
    assert healthy.curve == since.curve
    assert since.mine.starters[1].injury == "Out"


def test_no_opponent() -> None:
    view = duel(pair("a"), pair("b"))
    alone = replace(view, rosters={1: replace(view.rosters[1], matchup_id=None), 2: view.rosters[2]})
    found = board(alone, 1)
    assert (found.theirs, found.win, found.curve) == (None, None, ())
    assert found.shape is not None
    assert found.shape.theirs is None
    assert "no opponent" in found.lacks[0]


def test_nothing_is_projected_of_anybody() -> None:
    found = board(duel(pair("a", basis=Basis.NONE), pair("b", basis=Basis.NONE)), 1)
    assert (found.win, found.mine.projected, found.shape, found.curve) == (None, None, None, ())
    assert [seat.final for seat in found.mine.starters] == [None, None]
    assert "4 of the starters" in found.lacks[0]


def test_who_is_not_projected_draws_the_chance_to_even() -> None:
    view = duel(pair("a", 15), [*pair("b", 10)[:1], player("b rb", "RB", 0, basis=Basis.NONE)])
    found = board(view, 1)
    plain = win_probability(side(view, view.rosters[1].starters), side(view, view.rosters[2].starters))
    assert found.win == pytest.approx(weakened(plain))
    assert found.lacks == ("Nothing is projected for B Rb: what the line-ups will score is uncertain.",)


def test_my_holes_stay_and_theirs_are_expected_to_be_filled() -> None:
    def squad(name: str) -> list[PlayerWeek]:
        return [*pair(name)[:1], player(f"{name} rb", "RB", 10, injury="Out"), player(f"{name} sub", "RB", 8)]

    found = board(duel(squad("a"), squad("b")), 1)
    assert found.theirs is not None
    assert [seat.player_id for seat in found.mine.starters] == ["a qb", "a rb"]
    assert [(seat.player_id, seat.assumed) for seat in found.theirs.starters] == [
        ("b qb", False),
        ("b sub", True),
    ]
    assert [seat.player_id for seat in found.theirs.bench] == ["b rb"]


def test_empty_slots_byes_and_the_unknown() -> None:
    view = duel([player("a qb", "QB", 0, on_bye=True)], pair("b"))
    rosters = {**view.rosters, 1: replace(view.rosters[1], starters=("a qb", "ghost"))}
    found = board(replace(view, rosters=rosters), 1)
    assert [(seat.name, seat.state) for seat in found.mine.starters] == [
        ("A Qb", "bye"),
        ("ghost", "unknown"),
    ]
    assert found.mine.starters[0].projected is None
    assert any("players file" in line for line in found.lacks)
    rosters = {**view.rosters, 1: replace(view.rosters[1], starters=("a qb",))}
    assert [s.state for s in board(replace(view, rosters=rosters), 1).mine.starters] == ["bye", "empty"]


def test_best_ball_takes_the_best_as_things_stand() -> None:
    now = OVER + timedelta(hours=1)
    mine = [
        replace(player("a qb", "QB", 20), points=3.0),
        replace(player("a rb", "RB", 10), points=2.0),
        replace(player("a other", "RB", 1), points=25.0),
    ]
    view = duel(mine, scored(pair("b"), 10.0, 10.0), settings={"best_ball": 1}, now=now)
    found = board(view, 1)
    assert [seat.player_id for seat in found.mine.starters] == ["a qb", "a other"]
    assert [seat.assumed for seat in found.mine.starters] == [False, False]
    assert found.mine.projected == 28
    # Before the games nobody knew that the other one would do so well.
    assert found.curve[0].win > 0.5


def test_the_other_matchups() -> None:
    found = board(duel(pair("a"), pair("b"), [pair("c", 20), pair("d", 5), pair("e")]), 1)
    assert [(m.one.roster_id, m.other.roster_id) for m in found.others] == [(3, 4)]
    assert found.others[0].one.projected == 45
    assert found.others[0].one.points is None
    assert found.others[0].win is not None
    assert found.others[0].win > 0.9


def test_the_shape_of_both_totals() -> None:
    found = board(duel(pair("a", 12), pair("b", 10)), 1)
    assert found.shape is not None
    assert found.shape.theirs is not None
    assert sum(found.shape.mine) == pytest.approx(1)
    assert sum(found.shape.theirs) == pytest.approx(1)
    assert len(found.shape.edges) == len(found.shape.mine) + 1 == len(found.shape.theirs) + 1
    middles = [(a + b) / 2 for a, b in zip(found.shape.edges, found.shape.edges[1:], strict=False)]
    mean = sum(m * share for m, share in zip(middles, found.shape.mine, strict=True))
    assert mean == pytest.approx(29, abs=1)
    assert found.shape.mine_levels == tuple(sorted(found.shape.mine_levels))


def test_a_week_ahead_is_what_is_expected_today() -> None:
    today = duel([replace(p, ahead=(7.0, 8.0)) for p in pair("a")], pair("b"), weeks_ahead=(11, 12))
    hurt = [
        player("a qb", "QB", 0, injury="Out", basis=Basis.NONE),
        player("a rb", "RB", 9, injury="Questionable"),
    ]
    later = replace(duel(hurt, pair("b", 3)), week=12)
    found = foreseen(later, today)
    assert [found.players[p].expected for p in ("a qb", "a rb")] == [8.0, 8.0]
    assert [found.players[p].injury_status for p in ("a qb", "a rb")] == [None, None]
    assert found.players["b qb"] == later.players["b qb"]
    assert foreseen(replace(later, week=15), today).players == later.players


def by_hand(view: LeagueView, found: MatchupBoard, index: int) -> float:
    """The chance at a point of the curve, from a view in which all that was not over has yet to begin."""
    at = found.curve[index].at

    def then(p: PlayerWeek) -> PlayerWeek:
        if p.kickoff is not None and p.kickoff + GAME_LASTS <= at:
            return p
        fit = None if p.points else p.injury_status
        return replace(p, injury_status=fit, points=None, kickoff=at + timedelta(hours=1))

    past = replace(view, now=at, players={key: then(p) for key, p in view.players.items()})
    lineups = []
    for roster_id in (1, 2):
        roster = view.rosters[roster_id]
        if view.is_best_ball:
            lineups.append(likely_lineup(past, roster))
        else:
            lineups.append(roster.starters if roster_id == view.my_roster_id else likely_lineup(view, roster))
    return win_probability(side(past, lineups[0]), side(past, lineups[1]))


@settings(max_examples=60, deadline=None)
@given(views())
def test_what_holds_for_any_league(view: LeagueView) -> None:
    points = {
        key: replace(p, points=round(p.projection.points / 2, 1) if p.locked(view.now) else None)
        for key, p in view.players.items()
    }
    view = replace(view, players=points)
    found = board(view, 1)
    assert [seat.slot for seat in found.mine.starters] == list(view.slots)
    seated = [s.player_id for s in (*found.mine.starters, *found.mine.bench) if s.player_id is not None]
    assert set(seated) >= set(view.rosters[1].players)
    assert len(seated) == len(set(seated))
    for seat in found.mine.starters:
        assert (seat.state == "empty") == (seat.player_id is None)
    if found.win is not None:
        assert 0 <= found.win <= 1
        times = [point.at for point in found.curve]
        assert times == sorted(set(times))
        assert times[-1] <= view.now
        assert found.curve[-1].win == found.win
        for index in range(len(found.curve) - 1):
            assert found.curve[index].win == pytest.approx(by_hand(view, found, index))
