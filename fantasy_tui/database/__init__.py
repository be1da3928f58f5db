"""Engine, session, migration and portable types: all that differs between Postgres and SQLite."""
