"""A hypothesis strategy of whole league views, odd ones included: for what must hold whatever comes."""

from dataclasses import replace
from datetime import datetime, timedelta

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
LAYOUTS = (
    ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF"),
    ("QB", "RB", "WR", "TE", "FLEX", "SUPER_FLEX"),
    ("RB", "WR", "TE", "WRRB_FLEX", "REC_FLEX"),
    ("RB", "FLEX", "DL", "LB", "DB", "IDP_FLEX"),
    ("FLEX", "RB", "WR"),
)
TEAMS = ("PHI", "DAL", "KC", "SF", None)
POSITIONS = ("QB", "RB", "RB", "RB", "WR", "WR", "WR", "TE", "TE", "K", "DEF", "DL", "LB", "DB")
STATUSES = (
    *(None,) * 6,
    *("Questionable",) * 3,
    "Doubtful",
    "Out",
    "IR",
    "PUP",
    "Sus",
    "Probable",
    "Something New",
)
PRACTICE = (None, None, "Full", "Limited", "DNP", "Limited Participation in Practice")


@st.composite
def players(draw: st.DrawFn, player_id: str) -> PlayerWeek:
    """Somebody in some state."""
    position = draw(st.sampled_from(POSITIONS))
    second = draw(st.sampled_from((None, None, None, None, *POSITIONS)))
    on_bye = draw(st.sampled_from((False,) * 7 + (True,)))
    team = draw(st.sampled_from(TEAMS))
    lined = draw(st.booleans())
    return PlayerWeek(
        player_id=player_id,
        name=player_id.title(),
        position=position,
        positions=frozenset({position, second or position}),
        team=team,
        opponent=None if on_bye or team is None else draw(st.sampled_from(TEAMS)),
        at_home=draw(st.booleans()),
        injury_status=draw(st.sampled_from(STATUSES)),
        practice=draw(st.sampled_from(PRACTICE)),
        body_part=draw(st.sampled_from((None, "Knee", "Hamstring", "Toe"))),
        kickoff=None if on_bye or team is None else draw(st.sampled_from(KICKOFFS)),
        on_bye=on_bye,
        projection=Projection(
            round(draw(st.one_of(st.floats(-2, 28), st.integers(6, 9).map(float))), 2),
            draw(st.sampled_from(list(Basis))),
        ),
        lines=Lines(24.5, 20.0) if lined else NO_LINES,
    )


@st.composite
def rosters(
    draw: st.DrawFn, roster_id: int, slots: tuple[str, ...], most: int
) -> tuple[RosterWeek, list[PlayerWeek]]:
    """A team whose line-up is legal, as Sleeper sees to it, but may hold gaps, the dead and the unknown."""
    number = draw(st.sampled_from((most, most, most, most // 2, 2, 0)))
    own = [draw(players(f"r{roster_id}p{index:02}")) for index in range(number)]
    starters: list[str | None] = []
    for slot in slots:
        able = [p.player_id for p in own if fits(slot, p.positions) and p.player_id not in starters]
        nobody = [None] if draw(st.sampled_from((False,) * 9 + (True,))) or not able else []
        starters.append(draw(st.sampled_from([*nobody, *able[:4]])))
    if slots and draw(st.sampled_from((False,) * 7 + (True,))):
        starters[draw(st.integers(0, len(slots) - 1))] = f"unknown{roster_id}"
    bench = [p.player_id for p in own if p.player_id not in starters]
    aside = draw(st.lists(st.sampled_from(bench), max_size=4, unique=True)) if bench else []
    cut = draw(st.integers(0, len(aside)))
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


@st.composite
def views(draw: st.DrawFn, most: int = 16) -> LeagueView:
    """A league of two teams and some free agents; team 1 is the user's own."""
    slots = draw(
        st.one_of(
            st.sampled_from(LAYOUTS),
            st.lists(st.sampled_from([*ELIGIBLE, "MYSTERY_FLEX"]), max_size=9).map(tuple),
        )
    )
    teams = [draw(rosters(1, slots, most)), draw(rosters(2, slots, 3))]
    free = [draw(players(f"free{index}")) for index in range(draw(st.integers(0, 4)))]
    now = draw(st.sampled_from((NOW,) * 5 + (SUNDAY, SUNDAY, MONDAY + timedelta(hours=9))))
    as_of: datetime | None = draw(
        st.sampled_from((now - timedelta(minutes=9), now - timedelta(hours=20), None))
    )
    view = LeagueView(
        league_id="L",
        name="League",
        season="2024",
        week=10,
        status="in_season",
        now=now,
        slots=slots,
        scoring={"rec": 0.5},
        settings={
            "best_ball": draw(st.sampled_from((0, 0, 0, 0, 0, 0, 0, 1))),
            "reserve_slots": draw(st.integers(0, 2)),
            "reserve_allow_out": draw(st.integers(0, 1)),
            "disable_adds": draw(st.sampled_from((0, 0, 0, 1))),
        },
        rosters={roster.roster_id: roster for roster, _ in teams},
        players={p.player_id: p for p in (*teams[0][1], *teams[1][1], *free)},
        my_roster_id=1,
        free_agents=tuple(p.player_id for p in free),
        sources=(Source("projections", as_of), Source("rosters", now - timedelta(minutes=2))),
        bench_slots=draw(st.integers(0, 7)),
        on_waivers=frozenset(p.player_id for p in free[::2]),
        waivers_run=draw(st.sampled_from((None, now + timedelta(hours=1), now + timedelta(days=3)))),
    )
    if draw(st.sampled_from((False,) * 9 + (True,))):
        return replace(view, my_roster_id=None)
    return view


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
