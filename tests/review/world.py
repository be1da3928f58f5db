"""A league with line-ups, a rival, a free agent and games, and one decision of each kind that rests on them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import (
    Common,
    InjuryReplacement,
    LineupChange,
    PlayerLine,
    SitStart,
    SlotLine,
    TradeOffer,
    WaiverClaim,
    dump,
)
from fantasy_tui.crud import decision as decisions
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskType,
    Door,
    Game,
    League,
    Matchup,
    Player,
    Roster,
)
from tests.decisions import add_user
from tests.views import NOW, SUNDAY

SLOTS = ("RB", "WR", "FLEX")
TEAMS = {
    "Rusher": "PHI", "Catcher": "DAL", "Flexer": "KC", "Bencher": "SF", "Spare": "NYG",
    "Partner": "BUF", "Free": "ATL", "Stranger": "DET",
}  # fmt: skip
MINE, STARTERS = ("Rusher", "Catcher", "Flexer", "Bencher", "Spare"), ("Rusher", "Catcher", "Flexer")
INJURIES = {"Bencher": "Questionable", "Rusher": "Out"}


async def build(store: Store) -> str:
    """Everything; returns users.id."""
    user_id = await add_user(store)

    async def work(session: AsyncSession) -> None:
        session.add(
            League(
                id="L", user_id=user_id, name="League", season="2024", status="in_season",
                roster_positions=[*SLOTS, "BN", "BN", "IR"],
                settings={"waiver_type": 2, "waiver_day_of_week": 2, "leg": 10},
            )
        )  # fmt: skip
        await session.flush()
        for number, owner, players in ((1, "1", MINE), (2, "2", ("Partner",))):
            starters = list(STARTERS) if number == 1 else ["Partner", "0", "0"]
            session.add(
                Roster(
                    id=f"L:{number}", league_id="L", roster_id=number, owner_id=owner, players=list(players),
                    starters=starters,
                )
            )  # fmt: skip
            session.add(
                Matchup(
                    league_id="L", week=10, roster_id=number, matchup_id=1, players=list(players),
                    starters=starters,
                )
            )  # fmt: skip
        for name, team in TEAMS.items():
            session.add(
                Player(
                    player_id=name, full_name=name, position="RB", fantasy_positions=["RB", "WR"], team=team,
                    injury_status=INJURIES.get(name), player_data={"news_updated": 1000, "status": "Active"},
                )
            )  # fmt: skip
            session.add(
                Game(
                    season="2024", week=10, home=team, away=f"{team}2", gameday=date(2024, 11, 10),
                    kickoff=SUNDAY, status="pre_game",
                )
            )  # fmt: skip

    await store.write(work)
    return user_id


def line(name: str) -> PlayerLine:
    """A player as he stands when nothing has happened."""
    return PlayerLine(
        player_id=name, name=name, position="RB", team=TEAMS[name], points=10.0,
        injury_status=INJURIES.get(name), kickoff=SUNDAY,
    )  # fmt: skip


def lineup(*names: str | None) -> tuple[SlotLine, ...]:
    return tuple(
        SlotLine(slot=slot, player=line(name) if name else None)
        for slot, name in zip(SLOTS, names, strict=True)
    )


COMMON: dict[str, Any] = {"reasons": ("why",), "sources": (), "status_quo": "as it is"}
LINEUP = LineupChange(
    summary="Start Bencher over Rusher", before=lineup(*STARTERS), after=lineup("Flexer", "Catcher", "Bencher"),
    **COMMON,
)  # fmt: skip
SIT = SitStart(
    summary="Start Bencher over Rusher", slot="RB", start=line("Bencher"), sit=line("Rusher"),
    before=lineup(*STARTERS), after=lineup("Bencher", "Catcher", "Flexer"), **COMMON,
)  # fmt: skip
INJURY = InjuryReplacement(
    summary="Start Bencher for Rusher (Out)", player=line("Rusher"), problem="Out", plays_probability=0.0,
    replacement=line("Bencher"), before=lineup(*STARTERS), after=lineup("Bencher", "Catcher", "Flexer"),
    **COMMON,
)  # fmt: skip
FROM_THE_WIRE = INJURY.model_copy(
    update={
        "replacement": line("Free"),
        "from_free_agency": True,
        "after": lineup("Free", "Catcher", "Flexer"),
    }
)
CLAIM = WaiverClaim(summary="Add Free, drop Spare", add=line("Free"), drop=line("Spare"), **COMMON)
TRADE = TradeOffer(
    summary="Trade Spare for Partner", partner_roster_id=2, partner="The Others", give=(line("Spare"),),
    get=(line("Partner"),), **COMMON,
)  # fmt: skip
KINDS: dict[str, Common] = {
    "lineup": LINEUP, "sit": SIT, "injury": INJURY, "wire": FROM_THE_WIRE, "claim": CLAIM, "trade": TRADE,
}  # fmt: skip


async def propose(
    store: Store,
    user_id: str,
    what: Common = LINEUP,
    *,
    subject: str = "lineup",
    expires_at: datetime = SUNDAY,
    gain: float = 4.0,
) -> str:
    """A decision that waits; returns its id."""
    kind = AgentTaskType(what.kind)  # type: ignore[attr-defined]

    async def work(session: AsyncSession) -> str:
        task = AgentTask(user_id=user_id, league_id="L", task_type=kind)
        session.add(task)
        await session.flush()
        decision = AgentDecision(
            user_id=user_id, league_id="L", roster_id=1, task_id=task.id, decision_type=kind, season="2024",
            week=10, subject=subject, recommendation=dump(what), reasoning="because", confidence_score=64,
            expected_gain=gain, model_version="test-1", expires_at=expires_at,
        )  # fmt: skip
        await decisions.add(session, decision, door=Door.AGENT, at=NOW - timedelta(hours=1))
        return decision.id

    return await store.write(work)


async def alter(store: Store, model: type[Any], key: Any, **values: Any) -> None:
    """Change one row, as a sync would."""

    async def work(session: AsyncSession) -> None:
        row = await session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)

    await store.write(work)


async def line_up(store: Store, *starters: str) -> None:
    """Set another line-up in Sleeper."""
    await alter(store, Roster, "L:1", starters=list(starters))
    await alter(store, Matchup, ("L", 10, 1), starters=list(starters))


Change = Callable[[Store], Any]
