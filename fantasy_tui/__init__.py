"""Fantasy football decisions for Sleeper leagues, in a terminal."""

__version__ = "0.1.0"
