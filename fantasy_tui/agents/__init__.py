"""The analytic agents: pure functions of a league view, and the runner that stores what they find."""
