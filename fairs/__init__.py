"""Campus Fairs: a university career centre's recruitment season, from a new employer to a scanned ticket."""

__version__ = "0.1.0"
