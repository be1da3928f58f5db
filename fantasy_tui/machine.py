"""What this machine is called, for people who review on several."""

import platform
from functools import cache

_UNNAMED = "a machine without a name"


@cache
def machine_name() -> str:
    """The host's own name without its domain."""
    return platform.node().partition(".")[0] or _UNNAMED
