"""The rules that approve by themselves: what each admits, whether it acts, and what it would have done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.history import KIND_WORDS
from fantasy_tui.review.hours import parse_hours, shown_hours
from fantasy_tui.review.policy import AUTOMATIC, BadPolicy, Terms, check, parse_until
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.keys.table import RULES
from fantasy_tui.tui.preview import sentences
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.fields import Field, FieldsDialog
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.review.policy import Rule
    from fantasy_tui.review.policy_preview import Preview
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("kind", "Kind", 19),
    Column("league", "League", 10, most=28),
    Column("sure", "Sure", 4, right=True),
    Column("loss", "Loss", 5, right=True),
    Column("hours", "Hours", 6, drop=2),
    Column("until", "Ends", 10, drop=1),
    Column("state", "State", 14, most=26),
)
_SHORT = {full: short for short, full in KIND_WORDS.items() if full in AUTOMATIC}


class PolicyScreen(AppScreen):
    """The rules; below them the terms and the preview of the one under the cursor."""

    CSS_PATH = "policy.tcss"
    HEADING = "Rules"
    AUTO_FOCUS = "#rules"
    BINDINGS: ClassVar[list[BindingType]] = [*RULES.bindings, *PANE.bindings]

    def __init__(self) -> None:
        super().__init__()
        self._rules: dict[str, Rule] = {}
        self._previews: dict[str, Preview] = {}
        self._automatic = False
        self._leagues: dict[str, str] = {}

    def content(self) -> ComposeResult:
        """The rules, what is said about one, and what is said while there is none."""
        yield RowTable(id="rules")
        with Pane(id="about"):
            yield Static(id="detail")
        yield Static(plain(no_rules()), id="empty")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the rules."""
        if workspace.user is None:
            self.add_class("-empty")
            return
        self._rules = {rule.id: rule for rule in await workspace.rulebook.rules()}
        self._automatic = (await workspace.preferences()).automatic
        self._leagues = {one.league_id: one.name for one in await workspace.browse.leagues() if not one.left}
        self._show()

    def _show(self) -> None:
        now = utcnow()
        self.set_class(not self._rules, "-empty")
        rows = [(rule.id, rule_row(rule, rule.state(now, self._automatic))) for rule in self._rules.values()]
        self.query_one(RowTable).fill(COLUMNS, rows)
        self._tell()

    @property
    def chosen(self) -> Rule | None:
        """The rule under the cursor."""
        return self._rules.get(self.query_one(RowTable).chosen_key or "")

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        rule = self.chosen
        detail = self.query_one("#detail", Static)
        if rule is None:
            detail.update(Content())
            return
        lines = [plain(rule.words[0].upper() + rule.words[1:]).stylize("bold")]
        lines += [plain(f"It has switched itself off. {rule.stopped}")] if rule.stopped else []
        lines += [] if self._automatic else [plain(_all_off())]
        found = self._previews.get(rule.id)
        if found is not None:
            lines += [Content.styled("What it would have done", "bold"), *map(plain, sentences(found))]
        elif not rule.previewed:
            lines.append(plain(_unseen()))
        detail.update(Content("\n").join(lines))

    @on(RowTable.RowSelected)
    @work(group="preview", exclusive=True, exit_on_error=False)
    async def action_preview(self) -> None:
        """Replay the rule over what is settled, and show it."""
        rule, workspace = self.chosen, self.fantasy.workspace
        if rule is not None and workspace is not None:
            seen, self._previews[rule.id] = await workspace.rulebook.preview(rule.id)
            self._rules[seen.id] = seen
            self._show()

    @work(group="rules", exit_on_error=False)
    async def action_switch(self) -> None:
        """Switch the rule on or off."""
        rule, workspace = self.chosen, self.fantasy.workspace
        if rule is None or workspace is None:
            return
        if not rule.enabled and not rule.previewed:
            self.fantasy.tell(
                f"Press {key_of('rules.preview')} first, and look at what it would have done.", "warning"
            )
            return
        self._rules[rule.id] = await workspace.rulebook.switch(rule.id, on=not rule.enabled)
        self._show()

    @work(group="rules", exit_on_error=False)
    async def action_remove(self) -> None:
        """Forget the rule; what it approved stays approved."""
        rule, workspace = self.chosen, self.fantasy.workspace
        if rule is not None and workspace is not None:
            await workspace.rulebook.remove(rule.id)
            self._rules.pop(rule.id, None)
            self._show()
            self.fantasy.tell(f"Removed: {rule.words}.")

    def action_add(self) -> None:
        """Ask for the terms of a new rule."""
        if self.fantasy.workspace is None or self.fantasy.workspace.user is None:
            return

        def wrong(values: Sequence[str]) -> str | None:
            try:
                terms_typed(values, self._leagues)
            except BadPolicy as error:
                return str(error)
            return None

        def answered(values: list[str] | None) -> None:
            if values is not None:
                self._add(terms_typed(values, self._leagues))

        about = "It starts switched off. It never trades, and never lets go of somebody who counts."
        self.app.push_screen(FieldsDialog("A new rule", about, FIELDS, wrong), answered)

    @work(group="rules", exit_on_error=False)
    async def _add(self, terms: Terms) -> None:
        if self.fantasy.workspace is not None:
            rule = await self.fantasy.workspace.rulebook.add(terms)
            self._rules[rule.id] = rule
            self._show()
            self.query_one(RowTable).move_cursor(row=len(self._rules) - 1)


FIELDS = (
    Field("Kind: " + ", ".join(_SHORT.values()), hint="waiver"),
    Field("League: a part of its name, or empty for all"),
    Field("Approve from so many in 100 on", hint="75"),
    Field("Points that may be lost (lower end of the middle 68 %)", hint="3"),
    Field("Hours of the day, local time", "always", "9-22"),
    Field("Ends after the day", "never", "2024-12-31"),
)


def no_rules() -> str:
    """What is said while there is none."""
    add, preview = key_of("rules.add"), key_of("rules.preview")
    return (
        f"There is no rule: every decision waits for you. Press {add} to add one. It is off until you have looked at"
        f" what it would have done ({preview}), and no rule ever trades or lets go of somebody who counts."
    )


def _all_off() -> str:
    where = key_of("go.settings")
    return f"All rules are off: “Rules may approve” on the screen of settings ({where}) lets them work."


def _unseen() -> str:
    preview, switch = key_of("rules.preview"), key_of("rules.switch")
    return f"{preview} shows what it would have done; only then can it be switched on ({switch})."


def terms_typed(values: Sequence[str], leagues: Mapping[str, str]) -> Terms:
    """The terms from the fields' texts; raises BadPolicy with what is wrong."""
    kind, league, sure, loss, hours, until = (value.strip() for value in values)
    word = kind.casefold().replace(" ", "_")
    try:
        found = parse_hours(hours)
    except ValueError as error:
        raise BadPolicy(str(error)) from None
    terms = Terms(
        kind=KIND_WORDS.get(word, word),
        league_id=_league(league, leagues),
        minimum_confidence=_whole(_number(sure, "The least confidence")),
        maximum_loss=_number(loss, "The points that may be lost"),
        hours=found,
        until=parse_until(until, utcnow()),
    )
    check(terms)
    return terms


def _league(text: str, leagues: Mapping[str, str]) -> str | None:
    if not text:
        return None
    fit = [key for key, name in leagues.items() if text.casefold() in name.casefold() or text == key]
    if len(fit) != 1:
        raise BadPolicy(f"“{text}” is in the names of {len(fit)} of your leagues; it must be one.")
    return fit[0]


def _number(text: str, what: str) -> float:
    try:
        number = float(text.removesuffix("%").strip())
    except ValueError:
        raise BadPolicy(f"{what} must be a number, not “{text}”.") from None
    if not isfinite(number):
        raise BadPolicy(f"{what} must be a number, not “{text}”.")
    return number


def _whole(number: float) -> int:
    if not number.is_integer():
        raise BadPolicy("The least confidence is a whole number of cases in 100.")
    return int(number)


def rule_row(rule: Rule, state: str) -> Row:
    """A rule as a line."""
    terms = rule.terms
    style = {"on": "bold $text-success", "stopped itself": "bold $text-warning"}.get(
        state, "$foreground-muted"
    )
    return {
        "kind": Cell(terms.kind.replace("_", " ")),
        "league": Cell(rule.league or "any"),
        "sure": Cell(f"{terms.minimum_confidence}%"),
        "loss": Cell(f"{terms.maximum_loss:g}"),
        "hours": Cell(shown_hours(terms.hours, "always")),
        "until": Cell(f"{terms.until.astimezone():%Y-%m-%d}" if terms.until else "never"),
        "state": Cell(state, style),
    }
