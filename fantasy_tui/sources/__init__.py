"""Projections from elsewhere than Sleeper, stored beside Sleeper's own."""
