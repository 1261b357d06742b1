"""The inner loops of the clause engine, compiled by ``make setup`` where a C compiler is at hand (ADR 39).

Without one the engine does the same in Python: ``Matcher`` instead of ``Machine``, ``Weights`` instead of ``Scales``,
``looked_through`` instead of ``Glancer``.
"""

from importlib.util import find_spec

COMPILED = all(
    find_spec(f"{__name__}.{one}")
    for one in ("automaton", "folder", "glancer", "runner", "scanner", "weigher")
)
