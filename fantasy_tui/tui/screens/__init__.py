"""One module a screen or dialog, its styles beside it."""
