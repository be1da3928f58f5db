"""Sleeper's API: client, wire shapes and the sync into the store."""
