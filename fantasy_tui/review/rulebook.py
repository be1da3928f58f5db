"""Everything a person can ask for about one user's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.clock import utcnow
from fantasy_tui.review import policy
from fantasy_tui.review.policy_apply import Applied, apply_policies
from fantasy_tui.review.policy_preview import Preview, preview

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store
    from fantasy_tui.review.policy import Rule, Terms


class Rulebook:
    """A user's rules in a store."""

    def __init__(self, store: Store, user_id: str) -> None:
        self._store, self._user_id = store, user_id

    async def rules(self) -> list[Rule]:
        """All of them, the oldest first."""
        return await policy.rules(self._store, self._user_id)

    async def add(self, terms: Terms) -> Rule:
        """Store a rule, switched off; raises BadPolicy or LeagueNotFound."""
        return await policy.add(self._store, self._user_id, terms)

    async def preview(self, rule_id: str) -> tuple[Rule, Preview]:
        """What a rule would have done, which counts as looked at; raises PolicyNotFound."""
        rule = await policy.one(self._store, self._user_id, rule_id)
        found = await preview(self._store, self._user_id, rule.terms)
        await policy.looked_at(self._store, self._user_id, rule)
        return await policy.one(self._store, self._user_id, rule.id), found

    async def switch(self, rule_id: str, *, on: bool) -> Rule:
        """Switch a rule on or off; raises PolicyNotFound or NotPreviewed."""
        return await policy.switch(self._store, self._user_id, rule_id, on=on)

    async def remove(self, rule_id: str) -> Rule:
        """Forget a rule; what it approved stays approved. Raises PolicyNotFound."""
        return await policy.remove(self._store, self._user_id, rule_id)

    async def apply(self) -> Applied:
        """Let the rules approve what they admit of what waits."""
        return await apply_policies(self._store, self._user_id, utcnow())
