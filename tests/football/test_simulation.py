from dataclasses import replace
from itertools import product
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.football.simulation import Pair, Rules, Team, TeamOdds, byes, rounds_for, simulate

VARIANCE = 400.0


def team(roster_id: int, weeks: int, mean: float = 100, wins: float = 0, points: float = 0) -> Team:
    return Team(roster_id, wins, points, (mean,) * weeks, (VARIANCE,) * weeks)


def rules(playoff_teams: int, regular: int) -> Rules:
    count = rounds_for(playoff_teams)
    return Rules(playoff_teams, tuple((regular + number,) for number in range(count)))


def round_robin(count: int, weeks: int) -> list[tuple[Pair, ...]]:
    first, *rest = range(count)
    schedule = []
    for week in range(weeks):
        turn = week % len(rest)
        order = [first, *rest[turn:], *rest[:turn]]
        schedule.append(tuple((order[i], order[-1 - i]) for i in range(count // 2)))
    return schedule


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(80, 130), st.integers(0, 5)), min_size=2, max_size=12),
    st.integers(0, 3),
    st.integers(1, 12),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_the_chances_of_all_teams_add_up(
    squads: list[tuple[float, int]], weeks: int, entrants: int, median: bool, reseeds: bool, known: bool
) -> None:
    entrants = min(entrants, len(squads))
    teams = [team(i, weeks + 4, mean, wins) for i, (mean, wins) in enumerate(squads)]
    schedule: list[tuple[Pair, ...] | None] = [None] * weeks
    if known and len(squads) % 2 == 0:
        schedule = list(round_robin(len(squads), weeks))
    how = replace(rules(entrants, weeks), median_game=median, reseeds=reseeds)
    odds = simulate(teams, schedule, how, seasons=400).values()
    assert sum(o.playoffs for o in odds) == pytest.approx(entrants)
    assert sum(o.bye for o in odds) == pytest.approx(byes(entrants))
    assert sum(o.champion for o in odds) == pytest.approx(1)
    games = weeks * (len(squads) // 2 + (len(squads) / 2 if median else 0))
    assert sum(o.wins for o in odds) == pytest.approx(sum(wins for _, wins in squads) + games, abs=1e-3)
    for o in odds:
        assert sum(o.seeds) == pytest.approx(1)
        assert sum(share for _, share in o.final_wins) == pytest.approx(1)
        assert sum(total * share for total, share in o.final_wins) == pytest.approx(o.wins)
        assert list(o.final_wins) == sorted(o.final_wins)
        assert o.bye <= o.playoffs + 1e-9
        assert o.champion <= o.playoffs + 1e-9
        assert o.playoffs == pytest.approx(sum(o.seeds[:entrants]))


def test_the_same_seed_gives_the_same_odds() -> None:
    teams = [team(i, 6) for i in range(6)]
    schedule = [*round_robin(6, 2), None, None]
    assert simulate(teams, schedule, rules(4, 4)) == simulate(teams, schedule, rules(4, 4))
    assert simulate(teams, schedule, rules(4, 4), seed=2) != simulate(teams, schedule, rules(4, 4))


def test_equal_teams_share_everything() -> None:
    teams = [team(i, 17) for i in range(12)]
    for odds in simulate(teams, round_robin(12, 14), rules(6, 14)).values():
        assert odds.playoffs == pytest.approx(0.5, abs=0.02)
        assert odds.champion == pytest.approx(1 / 12, abs=0.015)
        assert odds.wins == pytest.approx(7, abs=0.05)


def test_what_is_decided_stays_decided() -> None:
    """Two weeks before the end nine wins cannot be caught by six, nor six wins be reached by three."""
    records = (9, 6, 6, 6, 6, 3)
    teams = [team(i, 4, wins=wins, points=1000 - i) for i, wins in enumerate(records)]
    odds = simulate(teams, round_robin(6, 2), rules(4, 2))
    assert odds[0].playoffs == odds[0].seeds[0] == 1
    assert odds[5].playoffs == 0
    assert odds[5].champion == 0
    assert odds[0].if_won == odds[0].if_lost == 1


def enumerated(teams: list[Team], schedule: list[tuple[Pair, ...]], entrants: int) -> dict[int, float]:
    """Every outcome of every game, each game a coin; ties in wins fall to the points so far."""
    games = [pair for pairs in schedule for pair in pairs]
    chances = dict.fromkeys((t.roster_id for t in teams), 0.0)
    for outcome in product((0, 1), repeat=len(games)):
        wins = {t.roster_id: t.wins for t in teams}
        for pair, winner in zip(games, outcome, strict=True):
            wins[pair[winner]] += 1
        table = sorted(teams, key=lambda t: (-wins[t.roster_id], -t.points_for))
        for one in table[:entrants]:
            chances[one.roster_id] += 0.5 ** len(games)
    return chances


@pytest.mark.parametrize("records", [(0, 0, 0, 0, 0, 0), (3, 3, 2, 2, 1, 1), (2, 0, 1, 1, 1.5, 3)])
def test_playoff_chances_equal_the_enumeration_of_all_outcomes(records: tuple[float, ...]) -> None:
    # Points so far lie further apart than two weeks can change.
    teams = [team(i, 4, wins=wins, points=9000 - 1000 * i) for i, wins in enumerate(records)]
    schedule = round_robin(6, 2)
    odds = simulate(teams, schedule, rules(2, 2), seasons=40_000)
    for roster_id, chance in enumerated(teams, schedule, 2).items():
        assert odds[roster_id].playoffs == pytest.approx(chance, abs=0.01)


def beats(one: float, other: float, weeks: int = 1) -> float:
    return NormalDist().cdf(weeks * (one - other) / sqrt(2 * weeks * VARIANCE))


def seeded(means: tuple[float, ...], rounds: tuple[tuple[int, ...], ...], **how: bool) -> dict[int, TeamOdds]:
    """The playoffs alone: seeds are the order of the means."""
    weeks = max(week for one in rounds for week in one) + 1
    teams = [team(i, weeks, mean, wins=20 - i) for i, mean in enumerate(means)]
    return simulate(teams, [], Rules(len(means), rounds, **how), seasons=60_000)


def test_four_teams_first_meets_fourth() -> None:
    a, b, c, d = means = (120.0, 110.0, 105.0, 95.0)
    odds = seeded(means, ((0,), (1,)))
    expected = beats(a, d) * (beats(b, c) * beats(a, b) + beats(c, b) * beats(a, c))
    assert odds[0].champion == pytest.approx(expected, abs=0.01)
    assert odds[0].bye == 0


def test_six_teams_the_first_two_rest_and_the_fixed_bracket_keeps_its_sides() -> None:
    a, b, c, d, e, f = means = (120.0, 112.0, 108.0, 104.0, 98.0, 90.0)
    odds = seeded(means, ((0,), (1,), (2,)))
    semifinal = beats(d, e) * beats(a, d) + beats(e, d) * beats(a, e)
    others = {
        b: beats(c, f) * beats(b, c) + beats(f, c) * beats(b, f),
        c: beats(c, f) * beats(c, b),
        f: beats(f, c) * beats(f, b),
    }
    final = sum(chance * beats(a, mean) for mean, chance in others.items())
    assert odds[0].champion == pytest.approx(semifinal * final, abs=0.01)
    assert [odds[i].bye for i in range(6)] == [1, 1, 0, 0, 0, 0]


def test_reseeding_gives_the_first_the_lowest_seed_left() -> None:
    a, b, c, d, e, f = means = (120.0, 112.0, 108.0, 104.0, 98.0, 90.0)
    odds = seeded(means, ((0,), (1,), (2,)), reseeds=True)
    total = 0.0
    for (upset_c, c_or_f), (upset_d, d_or_e) in product(((False, c), (True, f)), ((False, d), (True, e))):
        first = (beats(f, c) if upset_c else beats(c, f)) * (beats(e, d) if upset_d else beats(d, e))
        low, high = (c_or_f, d_or_e) if upset_c else (d_or_e, c_or_f)
        final = beats(b, high) * beats(a, b) + beats(high, b) * beats(a, high)
        total += first * beats(a, low) * final
    assert odds[0].champion == pytest.approx(total, abs=0.01)


def test_a_round_of_two_weeks_favours_the_better_team() -> None:
    odds = seeded((110.0, 100.0), ((0, 1),))
    assert odds[0].champion == pytest.approx(beats(110, 100, weeks=2), abs=0.01)


def test_the_median_game_counts_as_a_win() -> None:
    teams = [team(0, 3, 1000), team(1, 3, 900), team(2, 3, 100), team(3, 3, 0)]
    odds = simulate(teams, [((0, 1), (2, 3))], replace(rules(2, 1), median_game=True))
    assert [odds[i].wins for i in range(4)] == pytest.approx([2, 1, 1, 0], abs=0.01)
    three = simulate(teams[:3], [((0, 1),)], replace(rules(2, 1), median_game=True))
    assert [three[i].wins for i in range(3)] == pytest.approx([2, 0.5, 0], abs=0.01)


def test_winning_this_week_helps() -> None:
    odds = simulate([team(i, 5) for i in range(4)], round_robin(4, 3), rules(2, 3))
    for one in odds.values():
        assert one.if_won is not None
        assert one.if_lost is not None
        assert one.if_lost < one.playoffs < one.if_won


def test_a_tie_is_half_a_win() -> None:
    teams = [Team(i, 0, 0, (100, 100), (0, VARIANCE)) for i in range(2)]
    odds = simulate(teams, [((0, 1),)], rules(2, 1))
    assert [odds[i].wins for i in range(2)] == [0.5, 0.5]


def test_too_few_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        simulate([team(i, 1) for i in range(4)], [], Rules(4, ((0,),)))


def test_byes_fill_the_bracket() -> None:
    assert [byes(n) for n in (0, 1, 2, 3, 4, 5, 6, 7, 8)] == [0, 0, 0, 1, 0, 3, 2, 1, 0]
    assert [rounds_for(n) for n in (1, 2, 4, 6, 8)] == [0, 1, 2, 3, 3]


def test_a_division_is_worth_a_seed() -> None:
    """Each division's best team comes before all others, as the enumeration of all outcomes has it."""
    records = (5, 5, 4, 1, 1, 0)
    teams = [
        replace(team(i, 4, wins=wins, points=9000 - 1000 * i), division=1 + i // 3)
        for i, wins in enumerate(records)
    ]
    schedule = round_robin(6, 2)
    games = [pair for pairs in schedule for pair in pairs]
    chances = dict.fromkeys(range(6), 0.0)
    for outcome in product((0, 1), repeat=len(games)):
        wins = dict(enumerate(records))
        for pair, winner in zip(games, outcome, strict=True):
            wins[pair[winner]] += 1
        ranked = sorted(range(6), key=lambda i: (-wins[i], i))
        winners = [next(i for i in ranked if i // 3 == division) for division in (0, 1)]
        for i in winners:
            chances[i] += 0.5 ** len(games)
    odds = simulate(teams, schedule, rules(2, 2), seasons=40_000)
    for i, chance in chances.items():
        assert odds[i].playoffs == pytest.approx(chance, abs=0.01)
    assert sum(odds[i].playoffs for i in (3, 4, 5)) == pytest.approx(1)
