"""What can go wrong with the store, each as one sentence for the user."""


class StoreError(Exception):
    """The store cannot be used; the message says what happened and what to do, and holds no password."""


class StoreUnreachable(StoreError):
    """The database does not answer, or refuses us."""


class NotYours(StoreError):
    """The database role we connect as belongs to another user."""

    def __init__(self) -> None:
        super().__init__(
            "The database role you connect as belongs to another manager: leave that name out,"
            " or connect as the manager's own role."
        )


class StoreTooNew(StoreError):
    """The database was made by a newer version of the app."""


class MigrationFailed(StoreError):
    """A migration did not go through; the schema is as it was."""
