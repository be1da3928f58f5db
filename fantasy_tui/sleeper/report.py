"""What a sync tells while it runs and when it has ended."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """Where a sync stands."""

    step: str
    """What was brought up to date last, in a user's words."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ResourceReport:
    """What one resource changed in the store."""

    resource: str
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    skipped: str | None = None
    """Why it was not brought up to date, as one sentence."""

    @property
    def changed(self) -> int:
        """Rows that are not as they were."""
        return self.inserted + self.updated + self.deleted


@dataclass(frozen=True, slots=True)
class SyncReport:
    """A sync that has ended."""

    user_id: str
    """users.id of whose leagues were fetched."""
    username: str
    started_at: datetime
    finished_at: datetime
    requests: int
    resources: tuple[ResourceReport, ...]

    @property
    def inserted(self) -> int:
        """Rows that are new."""
        return sum(resource.inserted for resource in self.resources)

    @property
    def updated(self) -> int:
        """Rows that changed."""
        return sum(resource.updated for resource in self.resources)

    @property
    def deleted(self) -> int:
        """Rows that are gone."""
        return sum(resource.deleted for resource in self.resources)

    @property
    def changed(self) -> int:
        """Rows that are not as they were."""
        return self.inserted + self.updated + self.deleted

    @property
    def skipped(self) -> tuple[ResourceReport, ...]:
        """What could not be brought up to date."""
        return tuple(resource for resource in self.resources if resource.skipped)
