"""Commands about rules: policy list, add, preview, on, off, remove."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, UsageError
from fantasy_tui.cli.output import plain
from fantasy_tui.clock import utcnow
from fantasy_tui.review.hours import parse_hours, shown_hours
from fantasy_tui.review.policy import Rule, Terms, parse_until
from fantasy_tui.tui.preview import sentences

_SHORT_ID = 8
_SWITCH = "All rules are off: `fantasy-tui preferences set automatic on` lets them work."


async def listed(context: Context) -> int:
    """Show the rules and whether they act."""
    async with context.workspace() as workspace:
        rules, automatic = await workspace.rulebook.rules(), (await workspace.preferences()).automatic
    if context.json:
        output.as_json({"automatic": automatic, "rules": [_document(rule, automatic) for rule in rules]})
        return 0
    if not rules:
        output.say("There is no rule: every decision waits for you.")
        return 0
    now = utcnow()
    rows = [
        (
            rule.id[:_SHORT_ID],
            rule.terms.kind.replace("_", " "),
            rule.league or "any",
            f"{rule.terms.minimum_confidence}%",
            f"{rule.terms.maximum_loss:g}",
            shown_hours(rule.terms.hours, "always"),
            f"{rule.terms.until.astimezone():%Y-%m-%d}" if rule.terms.until else "never",
            rule.state(now, automatic),
        )
        for rule in rules
    ]
    headers = ("ID", "KIND", "LEAGUE", "SURE", "LOSS", "HOURS", "ENDS", "STATE")
    output.say(*output.table(headers, rows, right="   rr"))
    output.say(*(f"{rule.id[:_SHORT_ID]}: {plain(rule.stopped)}" for rule in rules if rule.stopped))
    if not automatic:
        output.say("", _SWITCH)
    return 0


async def add(context: Context) -> int:
    """Add a rule; it is off until its preview was looked at."""
    given = context.arguments
    try:
        hours = parse_hours(given.hours)
    except ValueError as error:
        raise UsageError(str(error)) from None
    async with context.workspace() as workspace:
        terms = Terms(
            kind=given.kind,
            league_id=given.league,
            minimum_confidence=given.confidence,
            maximum_loss=given.loss,
            hours=hours,
            until=parse_until(given.until, utcnow()),
        )
        rule, automatic = await workspace.rulebook.add(terms), (await workspace.preferences()).automatic
    short = rule.id[:_SHORT_ID]
    told = f"Added rule {short}, switched off: `fantasy-tui policy preview {short}` comes first."
    return _tell(context, rule, automatic, told)


async def preview(context: Context) -> int:
    """What a rule would have approved of what is settled."""
    async with context.workspace() as workspace:
        rule, found = await workspace.rulebook.preview(context.arguments.id)
        automatic = (await workspace.preferences()).automatic
    if context.json:
        output.as_json(_document(rule, automatic) | {"preview": asdict(found)})
        return 0
    output.say(f"Rule {rule.id[:_SHORT_ID]}: {plain(rule.words)}.", "", *map(plain, sentences(found)))
    if not rule.enabled:
        output.say("", f"`fantasy-tui policy on {rule.id[:_SHORT_ID]}` switches it on.")
    return 0


async def on(context: Context) -> int:
    """Switch a rule on."""
    return await _switch(context, on=True)


async def off(context: Context) -> int:
    """Switch a rule off."""
    return await _switch(context, on=False)


async def _switch(context: Context, *, on: bool) -> int:
    async with context.workspace() as workspace:
        rule = await workspace.rulebook.switch(context.arguments.id, on=on)
        automatic = (await workspace.preferences()).automatic
    told = f"Rule {rule.id[:_SHORT_ID]} is {'on' if on else 'off'}: {plain(rule.words)}."
    return _tell(context, rule, automatic, told, *([_SWITCH] if on and not automatic else []))


async def remove(context: Context) -> int:
    """Forget a rule."""
    async with context.workspace() as workspace:
        rule = await workspace.rulebook.remove(context.arguments.id)
        automatic = (await workspace.preferences()).automatic
    return _tell(context, rule, automatic, f"Removed rule {rule.id[:_SHORT_ID]}: {plain(rule.words)}.")


def _tell(context: Context, rule: Rule, automatic: bool, *lines: str) -> int:
    if context.json:
        output.as_json(_document(rule, automatic))
    else:
        output.say(*lines)
    return 0


def _document(rule: Rule, automatic: bool) -> dict[str, Any]:
    terms = rule.terms
    return {
        "id": rule.id,
        "kind": terms.kind,
        "league_id": terms.league_id,
        "league": rule.league,
        "minimum_confidence": terms.minimum_confidence,
        "maximum_loss": terms.maximum_loss,
        "hours": terms.hours,
        "until": terms.until,
        "enabled": rule.enabled,
        "state": rule.state(utcnow(), automatic),
        "stopped": rule.stopped,
        "previewed": rule.previewed,
    }
