"""What an agent recommends: one typed payload a kind, checked whenever it is written or read."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

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
    before: tuple[SlotLine, ...]
    after: tuple[SlotLine, ...]


class SitStart(Common):
    """sit_start: one player to start over another."""

    kind: Literal["sit_start"] = "sit_start"
    slot: str
    start: PlayerLine
    sit: PlayerLine


class WaiverClaim(Common):
    """waiver_wire: a free agent to add, whom to drop for him, what to bid."""

    kind: Literal["waiver_wire"] = "waiver_wire"
    add: PlayerLine
    drop: PlayerLine | None
    bid: int | None = Field(default=None, ge=0)
    """FAAB dollars; none in leagues without bidding."""
    claim_until: datetime | None = None


class TradeOffer(Common):
    """trade_analysis: players to give and to get."""

    kind: Literal["trade_analysis"] = "trade_analysis"
    partner_roster_id: int
    partner: str
    give: tuple[PlayerLine, ...]
    get: tuple[PlayerLine, ...]
    acceptance_probability: float | None = Field(default=None, ge=0, le=1)


class OpponentReport(Common):
    """opponent_analysis: this week's matchup and the swap that raises the chance to win it most."""

    kind: Literal["opponent_analysis"] = "opponent_analysis"
    opponent_roster_id: int
    opponent: str
    win_probability: float = Field(ge=0, le=1)
    win_probability_after: float | None = Field(default=None, ge=0, le=1)
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
            return [kind, one(document["player"]), one(document["replacement"])]
        case "sit_start":
            return [kind, one(document["start"]), one(document["sit"])]
        case "waiver_wire":
            return [kind, one(document["add"]), one(document["drop"])]
        case "trade_analysis":
            give, get = (sorted(one(line) for line in document[side]) for side in ("give", "get"))
            return [kind, ",".join(give), ",".join(get), str(document["partner_roster_id"])]
    raise ValueError(f"unknown kind of recommendation: {kind}")
