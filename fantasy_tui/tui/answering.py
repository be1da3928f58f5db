"""What a person does about the queue's decisions, and what is asked back before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.review.verdict import DecisionConflict, Moved
from fantasy_tui.tui.decider import Answer
from fantasy_tui.tui.keys.force import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fantasy_tui.review.edit import Option
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.snooze import Choice
    from fantasy_tui.tui.screens.queue import QueueScreen

_MOST_NAMED = 2


class Answering:
    """Sends answers on their way; a decision leaves the queue once its answer is in the database."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self.marked: set[str] = set()
        self.under_way: set[str] = set()
        self.moved: dict[str, tuple[QueueItem, tuple[str, ...]]] = {}
        """Decisions whose approval was refused because the world has moved, until that is shown."""

    def approve(self, item: QueueItem) -> None:
        """Approve at once; nothing is asked."""
        self._send(item, Answer(item.id, "approve", item.gain))

    def reject(self, item: QueueItem) -> None:
        """Ask for a reason, which may be left empty, and reject."""
        from fantasy_tui.tui.screens.reason import ReasonDialog

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._send(item, Answer(item.id, "reject", item.gain, reason=reason or None))

        self._screen.app.push_screen(ReasonDialog(item.summary), answered)

    def edit(self, item: QueueItem) -> None:
        """Let a person choose what to approve in its place."""
        from fantasy_tui.tui.screens.edit import EditDialog

        def chosen(option: Option | None) -> None:
            if option is not None:
                self._send(item, Answer(item.id, "edit", option.gain or 0.0, edit=option))

        self._screen.app.push_screen(EditDialog(item), chosen)

    def snooze(self, item: QueueItem) -> None:
        """Let a person choose until when it is set aside."""
        from fantasy_tui.tui.screens.snooze import SnoozeDialog

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                answer = Answer(item.id, "snooze", item.gain, until=choice.until, event=choice.event)
                self._send(item, answer)

        self._screen.app.push_screen(SnoozeDialog(item), chosen)

    def approve_all(self, items: Sequence[QueueItem]) -> None:
        """Approve several; asks once where they differ in risk, contradict each other or let somebody go."""
        from fantasy_tui.review.risk import doubts

        asked = doubts(items)
        if not asked:
            self._send_all(items)
            return
        from fantasy_tui.tui.screens.confirm import ConfirmDialog

        def answered(sure: bool | None) -> None:
            if sure:
                self._send_all(items)

        self._screen.app.push_screen(ConfirmDialog(f"Approve all {len(items)}?", asked), answered)

    def show_moved(self) -> None:
        """Show the next decision whose world has moved, once nothing else is asked."""
        if not self.moved or self._screen.app.screen is not self._screen:
            return  # a dialog is open: the screen below it counts as current, but keys go to the dialog
        from fantasy_tui.tui.screens.moved import MovedDialog

        item, changes = self.moved.pop(next(iter(self.moved)))

        def answered(said: tuple[str, QueueItem] | None) -> None:
            if said is not None:
                action, fresh = said
                (self.approve if action == "approve" else self.reject)(fresh)

        self._screen.app.push_screen(MovedDialog(item, changes), answered)

    def _send(self, item: QueueItem, answer: Answer) -> None:
        if item.id not in self.under_way:
            self._set_out([item])
            self._screen.run_worker(self._one(item, answer), group="decide", exit_on_error=False)

    def _send_all(self, items: Sequence[QueueItem]) -> None:
        fresh = [item for item in items if item.id not in self.under_way]
        if fresh:
            self._set_out(fresh)
            self._screen.run_worker(self._several(fresh), group="decide", exit_on_error=False)

    def _set_out(self, items: Sequence[QueueItem]) -> None:
        keys = {item.id for item in items}
        self.under_way |= keys
        self.marked -= keys
        for key in keys:
            self.moved.pop(key, None)
        self._screen.go_on()

    async def _one(self, item: QueueItem, answer: Answer) -> None:
        """One answer; what fails otherwise is told by the app."""
        app, done = self._screen.fantasy, False
        try:
            verdict = await app.answer(answer)
            done = True
        except Moved as moved:
            self.moved[item.id] = (item, moved.changes)
        finally:
            self._arrived([item], [item] if done else [])
        if done:
            app.tell_done(verdict, f"{self._torn(item, answer)}{key_of('app.undo')} takes it back.")
        self.show_moved()

    def _torn(self, item: QueueItem, answer: Answer) -> str:
        """What an approval does to the others that wait."""
        others = [other for key in item.conflicts if (other := self._screen.lists.answerable(key))]
        if answer.action not in ("approve", "edit") or not others:
            return ""
        return f"As it stands this cannot be done any more: {_named(others)}. "

    async def _several(self, items: Sequence[QueueItem]) -> None:
        """A bulk of approvals, told in one line."""
        app, done, moved, failed = self._screen.fantasy, [], [], []
        try:
            for item in items:
                try:
                    await app.answer(Answer(item.id, "approve", item.gain))
                except Moved:
                    moved.append(item)
                except DecisionConflict as conflict:
                    failed.append(str(conflict))
                else:
                    done.append(item)
        finally:
            self._arrived(items, done)
        told = [f"Approved {len(done)} of {len(items)}, {sum(item.gain for item in done):+.1f} points."]
        if moved:
            told.append(
                f"Moved since, so not approved ({key_of('queue.approve')} shows what moved): {_named(moved)}."
            )
        told += failed
        told.append(f"{key_of('app.undo')} takes them back one by one." if done else "")
        app.clear_notifications()
        app.tell(" ".join(told).rstrip(), "warning" if moved or failed else "information")

    def _arrived(self, items: Sequence[QueueItem], done: Sequence[QueueItem]) -> None:
        self.under_way -= {item.id for item in items}
        screen = self._screen
        screen.lists.drop(item.id for item in done)
        if screen.is_mounted:
            screen.show()
        screen.fantasy.publish_change()


def _named(items: Sequence[QueueItem]) -> str:
    """The first ones by name, the others counted."""
    named = ", ".join(f"“{item.summary}”" for item in items[:_MOST_NAMED])
    return named + (f" and {len(items) - _MOST_NAMED} more" if len(items) > _MOST_NAMED else "")
