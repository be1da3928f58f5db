"""Queries, one module a model; nothing above this package writes SQL."""
