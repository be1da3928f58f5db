"""The agents replayed on weeks that are over, and measured by what those weeks brought."""
