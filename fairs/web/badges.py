"""States as people see them: a word, a tone and an icon, the same five tones everywhere (docs/pages.md)."""

from dataclasses import dataclass

ICONS = {
    "draft": "pencil",
    "waiting": "clock",
    "mine": "alert-triangle",
    "done": "check",
    "stopped": "ban",
}


@dataclass(frozen=True)
class Badge:
    """A state for the ``badge`` macro. ``label`` is a message id; the macro translates it."""

    label: str
    tone: str

    @property
    def icon(self) -> str:
        """The icon that goes with the tone, so that colour never speaks alone."""
        return ICONS[self.tone]
