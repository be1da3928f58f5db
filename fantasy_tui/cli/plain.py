"""`fantasy-tui --plain`: the queue as numbered lines, asked one by one, for screen readers and dumb terminals."""

from __future__ import annotations

import signal
import sys
from collections.abc import Awaitable, Callable, Sequence

from fantasy_tui import failures
from fantasy_tui.agents.runner import AgentFailed
from fantasy_tui.cli import output, spoken
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.cli.output import plain
from fantasy_tui.clock import utcnow
from fantasy_tui.models import Door
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.risk import departures
from fantasy_tui.review.verdict import Moved, Verdict
from fantasy_tui.tui import decider
from fantasy_tui.tui.session import Session
from fantasy_tui.tui.times import local, until
from fantasy_tui.workspace import Workspace

_HELP = (
    "a or approve: approve this decision.",
    "x or reject: reject it; you are asked why.",
    "s or snooze: set it aside; you are asked until when.",
    "e or edit: hear what could be approved in its place.",
    "d or details: hear all about it.",
    "n or skip: leave it for later and go on.",
    "A number: go to the decision of that number.",
    "l or list: hear the list again, with those that you left for later.",
    "p or to do: hear what is approved and still to be done in Sleeper.",
    "u or undo: take your last answer back. U or redo: give it again.",
    "r or refresh: fetch from Sleeper and let the agents run.",
    "q or quit: leave. Every answer given is kept.",
)
_WORDS = {
    "approve": "a",
    "reject": "x",
    "snooze": "s",
    "edit": "e",
    "details": "d",
    "skip": "n",
    "next": "n",
    "list": "l",
    "to do": "p",
    "undo": "u",
    "redo": "U",
    "refresh": "r",
    "quit": "q",
    "help": "?",
}


async def plain_queue(context: Context) -> int:
    """Read the queue out and ask about one decision after the other, until there is no more input."""
    async with context.workspace() as workspace:
        talk = Talk(workspace)
        try:
            await talk.hold()
        except EOFError:
            output.say("")
        output.say(talk.session.line or "Nothing was decided.")
    return failures.OK


class Talk:
    """One question at a time; the next is asked once the answer to the last is in the database."""

    def __init__(self, workspace: Workspace) -> None:
        self.session = Session()
        self._workspace = workspace
        self._items: list[QueueItem] = []
        self._later: set[str] = set()
        """Decisions that were left for later."""
        self._wanted: str | None = None
        """The decision that was asked for by number, or taken back."""
        self._told: str | None = None
        """The decision that was read out last, until it is to be read again."""
        self._about: dict[str, Callable[[QueueItem], Awaitable[object]]] = {
            "a": self._approve,
            "x": self._reject,
            "s": self._snooze,
            "e": self._edit,
            "d": self._details,
            "n": self._skip,
        }
        self._always: dict[str, Callable[[], Awaitable[object]]] = {
            "l": self._list,
            "p": self._to_do,
            "u": self._undo,
            "U": self._redo,
            "r": self._refresh,
            "?": self._help,
        }

    async def hold(self) -> None:
        """Ask until the user quits; raises EOFError when there is no more input."""
        await self._list()
        while True:
            item = await self._next()
            if item is None:
                output.say("", *await self._nothing())
            elif item.id != self._told:
                number = self._items.index(item) + 1
                output.say("", f"{number} of {len(self._items)}: {spoken.headline(item, utcnow())}")
            self._told = item.id if item is not None else None
            said = _asked("Answer, or ? for help: ")
            said = _WORDS.get(said.lower(), said)
            if said == "q":
                return
            try:
                await self._do(said, item)
            except Exception as error:
                code = failures.code_of(error)
                if code is None or (code == failures.UNREACHABLE and said != "r"):
                    raise
                output.say(plain(str(error)))

    async def _do(self, said: str, item: QueueItem | None) -> None:
        if not said:
            self._told = None
        elif said in self._always:
            await self._always[said]()
        elif said in self._about and item is not None:
            await self._about[said](item)
        elif said.isdecimal() and 1 <= int(said) <= len(self._items):
            self._wanted = self._items[int(said) - 1].id
        elif said in self._about:
            output.say("No decision is left to answer; l lists those that you left for later.")
        else:
            output.say("That is no answer; ? tells which there are.")

    async def _next(self) -> QueueItem | None:
        """The decision to ask about: what was asked for, else the first that was not left for later."""
        self._items = await self._workspace.queue()
        wanted, self._wanted = self._wanted, None
        found = next((item for item in self._items if item.id == wanted), None)
        if found is not None:
            self._later.discard(found.id)
        return found or next((item for item in self._items if item.id not in self._later), None)

    async def _nothing(self) -> list[str]:
        if self._items:
            return [f"{len(self._items)} left for later; l lists them, a number goes to one, q leaves."]
        at = await self._workspace.next_deadline()
        kickoff = f" Next deadline: kickoff in {until(at, utcnow())} ({local(at)})." if at else ""
        return [f"Nothing waits for you.{kickoff}"]

    async def _list(self) -> None:
        self._later.clear()
        self._items, now = await self._workspace.queue(), utcnow()
        to_do = await self._workspace.to_apply()
        waiting = f"{len(self._items)} decision{'s wait' if len(self._items) != 1 else ' waits'}."
        output.say(f"{waiting} {await freshness(self._workspace)}")
        if to_do:
            output.say(f"{len(to_do)} approved and still to be done in Sleeper; p tells which.")
        output.say(*(f"{n}. {spoken.headline(item, now)}" for n, item in enumerate(self._items, start=1)))

    async def _to_do(self) -> None:
        now, items = utcnow(), await self._workspace.to_apply()
        for number, item in enumerate(items, start=1):
            output.say(f"{number}. {spoken.to_do(item, now)}", *spoken.steps(item))
        if not items:
            output.say("Nothing approved is left to do in Sleeper.")

    async def _details(self, item: QueueItem) -> None:
        output.say(*spoken.details(item, await self._workspace.history(item.id), utcnow()))

    async def _skip(self, item: QueueItem) -> None:
        self._later.add(item.id)

    async def _help(self) -> None:
        output.say(*_HELP)

    # Answers

    async def _approve(self, item: QueueItem) -> None:
        """Approve it; where something speaks against that, ask first."""
        doubts = [*(item.linked if item.conflicts else ()), *departures(item)]
        if doubts:
            output.say(*map(plain, doubts))
            if not _sure("Approve it all the same?"):
                output.say("Not approved; it still waits.")
                return
        try:
            await self._approved(item, await self._workspace.approve(item.id, Door.CLI))
        except Moved as moved:
            await self._moved(item, moved)

    async def _approved(self, item: QueueItem, verdict: Verdict) -> None:
        self._note(item, verdict, "approve")
        others = [other for other in self._items if other.id in item.conflicts]
        if others:
            named = ", ".join(f"“{plain(other.summary)}”" for other in others)
            output.say(f"As it stands this cannot be done any more: {named}.")
        output.say(*spoken.steps(await self._workspace.decision(verdict.decision_id)))

    async def _moved(self, item: QueueItem, moved: Moved) -> None:
        """Tell what has moved, work out what is best now, and ask about that."""
        output.say(f"Not approved: “{plain(item.summary)}” was made for another situation.")
        output.say(*map(plain, moved.changes), "Working out what is best now.")
        try:
            fresh = await self._workspace.recompute(item.id)
        except AgentFailed as failed:
            output.say(f"What is best now could not be worked out: {plain(str(failed))}")
            return
        if fresh is None:
            output.say("Nothing is recommended on this question any more.")
        else:
            output.say("Best now:")
            self._wanted, self._told = fresh.id, None

    async def _reject(self, item: QueueItem) -> None:
        why = _asked("Why? An empty line gives no reason, a dot alone keeps the decision: ")
        if why == ".":
            output.say("Kept; it still waits.")
        else:
            self._note(item, await self._workspace.reject(item.id, Door.CLI, why or None), "reject")

    async def _snooze(self, item: QueueItem) -> None:
        choices = await self._workspace.snooze_choices(item.id)
        if not choices:
            output.say("It locks too soon to be set aside.")
            return
        labels = [f"{plain(one.label)}, back at the latest {local(one.until)}" for one in choices]
        place = _chosen("Set aside until", labels)
        if place is not None:
            until, event = choices[place].until, choices[place].event
            self._note(item, await self._workspace.snooze(item.id, Door.CLI, until, event), "snooze")

    async def _edit(self, item: QueueItem) -> None:
        options = await self._workspace.edit_options(item.id)
        if not options:
            output.say("There is nothing else to approve in its place.")
            return
        labels = [
            f"{plain(one.label)}, {output.gain(one.gain or 0.0)} points, {one.confidence} in 100 sure"
            for one in options
        ]
        place = _chosen("Approve instead", labels)
        if place is not None:
            verdict = await self._workspace.approve(item.id, Door.CLI, options[place])
            await self._approved(item, verdict)

    async def _undo(self) -> None:
        verdict = await self._workspace.undo(Door.CLI)
        self.session.take_back(verdict.decision_id)
        self._wanted = verdict.decision_id
        output.say(plain(decider.done(verdict)))

    async def _redo(self) -> None:
        verdict = await self._workspace.redo(Door.CLI)
        self.session.give_again(verdict.decision_id, utcnow())
        output.say(plain(decider.done(verdict)))

    async def _refresh(self) -> None:
        output.say("Fetching from Sleeper.")
        await self._workspace.sync()
        output.say("The agents are at work.")
        await self._workspace.run_agents()
        await self._list()

    def _note(self, item: QueueItem, verdict: Verdict, action: str) -> None:
        """Tell what is in the database now."""
        self.session.note(item.id, "edit" if verdict.edited else action, item.gain, utcnow())
        output.say(f"{plain(decider.done(verdict))} u takes it back.")


def _chosen(title: str, labels: Sequence[str]) -> int | None:
    """The place of the one that is chosen by number; none for an empty line."""
    output.say(f"{title}:", *(f"{number}. {label}." for number, label in enumerate(labels, start=1)))
    while said := _asked("Its number, or an empty line to go back: "):
        if said.isdecimal() and 1 <= int(said) <= len(labels):
            return int(said) - 1
        output.say(f"There are 1 to {len(labels)}.")
    return None


def _sure(question: str) -> bool:
    return _asked(f"{question} y or n: ").lower() in ("y", "yes")


def _asked(question: str) -> str:
    """Ask and wait for a line; raises EOFError at the end of the input, KeyboardInterrupt at once.

    Nothing else runs meanwhile, so the loop may stand still; its own handler would see the interrupt after the line.
    """
    output.ask(question)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    finally:
        signal.signal(signal.SIGINT, before)
    if not line:
        raise EOFError
    return line.strip()
