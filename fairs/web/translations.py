"""English texts: one readable catalogue per feature in ``fairs/translations/en``, compiled into one file.

The message ids are the simplified Chinese originals, so Chinese needs no catalogue.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parent.parent / "translations" / "en"


def catalogue() -> Catalog:
    """All English texts of all features. Raises ValueError where two features translate one text apart."""
    whole = Catalog(locale="en")
    for path in sorted(SOURCE.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale="en")
        for message in part:
            if message.id and message.string:
                before = whole.get(message.id)
                if before is not None and before.string != message.string:
                    raise ValueError(
                        f"{path.name}: {message.id!r} is already translated as {before.string!r}"
                    )
                whole.add(message.id, message.string)
    return whole


def compile_into(folder: Path) -> None:
    """Write ``folder/en/LC_MESSAGES/messages.mo`` if a catalogue is newer than it."""
    target = folder / "en" / "LC_MESSAGES" / "messages.mo"
    newest = max((path.stat().st_mtime for path in SOURCE.glob("*.po")), default=0.0)
    if target.exists() and target.stat().st_mtime > newest:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".tmp")
    with partial.open("wb") as file:
        write_mo(file, catalogue())
    partial.replace(target)
