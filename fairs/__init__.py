"""Campus Fairs: a university career centre's recruitment season, from a new employer to a scanned ticket."""

import gc

__version__ = "0.1.0"

# starting makes half a million lasting objects: looking for garbage among them at every 700th costs a fifth of
# the start, and of many a request
gc.set_threshold(50_000, 20, 20)
