"""Random league views, odd ones included: for what must hold whatever comes."""

from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from fantasy_tui.football.forecast import NO_LINES, Lines
from fantasy_tui.football.lineup import Candidate, is_legal
from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.slots import ELIGIBLE, fits
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek, Source
from tests.views import MONDAY, NOW, SUNDAY

EARLY = NOW - timedelta(days=2)
LATE = SUNDAY + timedelta(hours=3)
KICKOFFS = (EARLY, SUNDAY, SUNDAY, LATE, MONDAY, None)
LAYOUTS: tuple[tuple[str, ...], ...] = (
    ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    ("QB", "RB", "WR", "TE", "FLEX", "SUPER_FLEX"),
    ("RB", "WR", "TE", "WRRB_FLEX", "REC_FLEX"),
    ("RB", "FLEX", "DL", "LB", "DB", "IDP_FLEX"),
    ("FLEX", "RB", "WR"),
)
TEAMS = ("PHI", "DAL", "KC", "SF")
POSITIONS = ("QB", "RB", "RB", "RB", "WR", "WR", "WR", "TE", "TE", "K", "DEF", "DL", "LB", "DB")
STATUSES = (
    *(None,) * 16,
    *("Questionable",) * 4,
    "Doubtful",
    "Out",
    "IR",
    "PUP",
    "Sus",
    "Probable",
    "Something New",
)
PRACTICE = (None, None, "Full", "Limited", "DNP", "Limited Participation in Practice")


def random_player(rng: Random, player_id: str) -> PlayerWeek:
    """Somebody in some state."""
    position = rng.choice(POSITIONS)
    second = rng.choice(POSITIONS) if rng.random() < 0.2 else position
    on_bye = rng.random() < 0.1
    team = rng.choice(TEAMS) if rng.random() < 0.95 else None
    plays = not on_bye and team is not None
    return PlayerWeek(
        player_id=player_id,
        name=player_id.title(),
        position=position,
        positions=frozenset({position, second}),
        team=team,
        opponent=rng.choice(TEAMS) if plays else None,
        at_home=rng.random() < 0.5,
        injury_status=rng.choice(STATUSES),
        practice=rng.choice(PRACTICE),
        body_part=rng.choice((None, "Knee", "Hamstring", "Toe")),
        kickoff=rng.choice(KICKOFFS) if plays else None,
        on_bye=on_bye,
        projection=Projection(
            round(rng.choice((rng.uniform(-2, 28), rng.gauss(9, 1), 9.0)), 2), rng.choice(list(Basis))
        ),
        lines=rng.choice((Lines(24.5, 20.0), NO_LINES)),
    )


def random_roster(
    rng: Random, roster_id: int, slots: tuple[str, ...], size: int
) -> tuple[RosterWeek, list[PlayerWeek]]:
    """A team whose line-up is legal, as Sleeper sees to it, but may hold gaps, the dead and the unknown."""
    own = [random_player(rng, f"r{roster_id}p{index:02}") for index in range(size)]
    starters: list[str | None] = []
    for slot in slots:
        able = [p.player_id for p in own if fits(slot, p.positions) and p.player_id not in starters]
        starters.append(rng.choice(able) if able and rng.random() < 0.93 else None)
    if slots and rng.random() < 0.1:
        starters[rng.randrange(len(slots))] = f"unknown{roster_id}"
    bench = [p.player_id for p in own if p.player_id not in starters]
    aside = rng.sample(bench, rng.randint(0, min(3, len(bench))))
    cut = rng.randint(0, len(aside))
    roster = RosterWeek(
        roster_id=roster_id,
        owner_id=f"owner{roster_id}",
        team_name=f"Team {roster_id}",
        manager=f"manager{roster_id}",
        players=tuple(p.player_id for p in own),
        starters=tuple(starters),
        reserve=tuple(aside[:cut]),
        taxi=tuple(aside[cut:]),
        matchup_id=1,
    )
    return roster, own


def random_view(rng: Random, teams: int = 2, most: int = 18) -> LeagueView:
    """A league and some free agents; team 1 is the user's own, and nearly always there is one."""
    slots = rng.choice(LAYOUTS)
    if rng.random() < 0.3:
        slots = tuple(rng.choices([*ELIGIBLE, "MYSTERY_FLEX"], k=rng.randint(0, 9)))
    sizes = [rng.choice((most, most, most - 4, most // 2, 2, 0)) for _ in range(teams)]
    found = [random_roster(rng, number, slots, size) for number, size in enumerate(sizes, start=1)]
    free = [random_player(rng, f"free{index}") for index in range(rng.randint(0, 6))]
    now = rng.choice((NOW,) * 6 + (SUNDAY, MONDAY + timedelta(hours=9)))
    as_of = rng.choice((now - timedelta(minutes=9), now - timedelta(hours=20), None))
    return LeagueView(
        league_id="L",
        name="League",
        season="2024",
        week=10,
        status="in_season",
        now=now,
        slots=slots,
        scoring={"rec": 0.5},
        settings={
            "best_ball": int(rng.random() < 0.05),
            "reserve_slots": rng.randint(0, 2),
            "reserve_allow_out": rng.randint(0, 1),
            "disable_adds": int(rng.random() < 0.1),
        },
        rosters={roster.roster_id: roster for roster, _ in found},
        players={p.player_id: p for p in (*(p for _, own in found for p in own), *free)},
        my_roster_id=1 if rng.random() < 0.97 else None,
        free_agents=tuple(p.player_id for p in free),
        sources=(Source("projections", as_of), Source("rosters", now - timedelta(minutes=2))),
        bench_slots=rng.randint(0, 7),
        on_waivers=frozenset(p.player_id for p in free[::2]),
        waivers_run=rng.choice((None, now + timedelta(hours=1), now + timedelta(days=3))),
    )


def views(teams: int = 2, most: int = 18) -> st.SearchStrategy[LeagueView]:
    """Random views by seed: a failing one is made again by `random_view(Random(seed))`."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_view(Random(seed), teams, most))


def check_lineup(
    view: LeagueView, after: tuple[str | None, ...], added: frozenset[str] = frozenset()
) -> None:
    """Assert that the user may set this line-up now; `added` are free agents he is told to add first."""
    roster = view.mine
    assert roster is not None
    assert len(after) == len(view.slots)
    barred = {*roster.reserve, *roster.taxi}
    for slot, was, starter in zip(view.slots, roster.starters, after, strict=True):
        before = view.player(was)
        if was is not None and (before is None or before.locked(view.now)):
            assert starter == was
        elif starter is not None and starter not in roster.starters:
            player = view.players[starter]
            assert starter in roster.players or (starter in view.free_agents and starter in added)
            assert starter not in barred
            assert not player.locked(view.now)
            assert not player.availability.is_dead
            assert fits(slot, player.positions)
    known = [
        Candidate(p, view.players[p].positions, 0.0) for p in (*roster.players, *added) if p in view.players
    ]
    blind = tuple(None if starter not in view.players else starter for starter in after)
    assert is_legal(view.slots, blind, known)
