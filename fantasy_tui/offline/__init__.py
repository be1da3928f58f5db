"""A local SQLite copy of what a shared Postgres holds of one user, and the way back."""
