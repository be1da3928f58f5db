"""What an agent recommends: one typed payload a kind, checked whenever it is written or read."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from fantasy_tui.football.settle import Rosters, Starters, Win

PAYLOAD_VERSION: Final = 1


class Payload(BaseModel):
    """Frozen, and strict about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PlayerLine(Payload):
    """A player as he stood when the recommendation was made; points are expected league points."""

    player_id: str
    name: str
    position: str | None
    team: str | None
    opponent: str | None = None
    points: float
    injury_status: str | None = None
    kickoff: datetime | None = None


class SlotLine(Payload):
    """A starting slot and who stands in it; none is an empty slot."""

    slot: str
    player: PlayerLine | None
    locked: bool = False


class SourceLine(Payload):
    """Where numbers come from, and as of when."""

    name: str
    as_of: datetime | None


Settle = Annotated[Starters | Rosters | Win, Field(discriminator="rule")]


class Common(Payload):
    """What every recommendation tells."""

    version: Literal[1] = PAYLOAD_VERSION
    summary: str
    """One line for the queue."""
    reasons: tuple[str, ...]
    """Why, one sentence each, with numbers."""
    sources: tuple[SourceLine, ...]
    alternative: str | None = None
    """The next best thing to do."""
    status_quo: str
    """What happens if nobody acts."""
    middle: tuple[float, float] | None = None
    """The range in which the difference lands in 68 of 100 cases, league points."""
    flips: tuple[str, ...] = ()
    """What would turn the advice around."""
    record: str | None = None
    """How earlier calls at this confidence came out."""
    stories: tuple[str, ...] = ()
    """The earlier calls most like this one and how they came out."""
    lacks: tuple[str, ...] = ()
    """Inputs that are missing or stale, and what that does to the confidence."""
    as_of: datetime | None = None
    """When the oldest input was last confirmed."""
    stale: bool = False
    """True when the confidence was lowered because inputs were old on a game day."""
    settle: Settle | None = None
    """How it will be known whether the advice was right."""


class LineupChange(Common):
    """lineup_optimization: the line-up to set, beside the one that stands."""

    kind: Literal["lineup_optimization"] = "lineup_optimization"
    before: tuple[SlotLine, ...]
    after: tuple[SlotLine, ...]


class InjuryReplacement(Common):
    """injury_monitoring: a starter who will not play, and who should start for him."""

    kind: Literal["injury_monitoring"] = "injury_monitoring"
    player: PlayerLine
    problem: str
    plays_probability: float = Field(ge=0, le=1)
    replacement: PlayerLine | None
    from_free_agency: bool = False
    """True when nobody on the bench fits and the replacement must be added first."""
    condition: str | None = None
    """For a plan made ahead: what must happen first, such as "if X is inactive"; none to act at once."""
    before: tuple[SlotLine, ...]
    after: tuple[SlotLine, ...]


class SitStart(Common):
    """sit_start: one player to start over another."""

    kind: Literal["sit_start"] = "sit_start"
    slot: str
    start: PlayerLine
    sit: PlayerLine
    before: tuple[SlotLine, ...] = ()
    after: tuple[SlotLine, ...] = ()


class WaiverClaim(Common):
    """waiver_wire: a free agent to add, whom to drop for him, what to bid."""

    kind: Literal["waiver_wire"] = "waiver_wire"
    add: PlayerLine
    drop: PlayerLine | None
    first: tuple[str, ...] = ()
    """What must be done before Sleeper accepts the add."""
    bid: int | None = Field(default=None, ge=0)
    """FAAB dollars; none in leagues without bidding."""
    bid_bound: str | None = None
    """What set the bid."""
    claim_order: int | None = Field(default=None, ge=1)
    """Place among this roster's claims, where claims are served in turn."""
    claim_until: datetime | None = None
    """When waivers run; none for a free agent who can be added at once."""
    weeks: tuple[int, ...] = ()
    """The horizon."""


class TradeOffer(Common):
    """trade_analysis: players to give and to get."""

    kind: Literal["trade_analysis"] = "trade_analysis"
    partner_roster_id: int
    partner: str
    give: tuple[PlayerLine, ...]
    get: tuple[PlayerLine, ...]
    drop: tuple[PlayerLine, ...] = ()
    """Players who must go to make room."""
    partner_drop: tuple[PlayerLine, ...] = ()
    """Players whom the partner must drop to make room."""
    acceptance_probability: float | None = Field(default=None, ge=0, le=1)
    """An estimate that no measurement stands behind; no part of the confidence."""
    partner_gain: float | None = None
    """League points over the horizon that the partner's line-ups gain."""
    gain_by_week: tuple[float, ...] = ()
    """League points that my line-ups are promised to gain in each week of the horizon."""
    weeks: tuple[int, ...] = ()
    """The horizon."""


class OpponentReport(Common):
    """opponent_analysis: this week's matchup and the swap that raises the chance to win it most."""

    kind: Literal["opponent_analysis"] = "opponent_analysis"
    opponent_roster_id: int
    opponent: str
    win_probability: float = Field(ge=0, le=1)
    win_probability_after: float | None = Field(default=None, ge=0, le=1)
    my_points: float | None = None
    opponent_points: float | None = None
    """Expected league points of both line-ups."""
    my_range: tuple[float, float] | None = None
    opponent_range: tuple[float, float] | None = None
    """Where each total lands in 80 of 100 draws, league points."""
    playoff_probability: float | None = Field(default=None, ge=0, le=1)
    swaps: tuple[str, ...] = ()
    """What each change still open does to the chance to win."""
    weak_spots: tuple[str, ...] = ()
    their_lineup: tuple[SlotLine, ...] = ()
    """The line-up the opponent will probably field."""
    before: tuple[SlotLine, ...] = ()
    after: tuple[SlotLine, ...] = ()


Recommendation = Annotated[
    LineupChange | InjuryReplacement | SitStart | WaiverClaim | TradeOffer | OpponentReport,
    Field(discriminator="kind"),
]

_adapter: TypeAdapter[Any] = TypeAdapter(Recommendation)


def dump(recommendation: Common) -> dict[str, Any]:
    """The payload as JSON values; raises pydantic's ValidationError when it breaks its own rules."""
    document: dict[str, Any] = recommendation.model_dump(mode="json")
    _adapter.validate_python(document)
    return document


def load(document: dict[str, Any]) -> Common:
    """The payload from JSON values; raises pydantic's ValidationError when it is not one."""
    recommendation: Common = _adapter.validate_python(document)
    return recommendation


def readable(document: dict[str, Any]) -> dict[str, Any] | None:
    """The document with every field present, or none when it is not a recommendation."""
    try:
        return dump(load(document))
    except ValidationError:
        return None


def action_key(document: dict[str, Any]) -> str | None:
    """What the recommendation asks to do, without its numbers: equal keys are the same advice.

    None when the document is not a recommendation.
    """
    checked = readable(document)
    return "|".join(_action_parts(checked)) if checked is not None else None


def _action_parts(document: dict[str, Any]) -> list[str]:
    def ids(lines: Any) -> str:
        return ",".join((line.get("player") or {}).get("player_id", "-") for line in lines)

    def one(line: Any) -> str:
        return str(line["player_id"]) if line else "-"

    kind = document["kind"]
    match kind:
        case "lineup_optimization" | "opponent_analysis":
            return [kind, ids(document["after"])]
        case "injury_monitoring":
            ahead = ["if inactive"] if document["condition"] else []
            return [kind, one(document["player"]), one(document["replacement"]), *ahead]
        case "sit_start":
            return [kind, one(document["start"]), one(document["sit"])]
        case "waiver_wire":
            return [kind, one(document["add"]), one(document["drop"])]
        case "trade_analysis":
            give, get = (sorted(one(line) for line in document[side]) for side in ("give", "get"))
            return [kind, ",".join(give), ",".join(get), str(document["partner_roster_id"])]
    raise ValueError(f"unknown kind of recommendation: {kind}")
