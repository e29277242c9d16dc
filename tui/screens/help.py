"""Help: what can be done on the screen below, made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from engine.words import _
from tui.commands import Command, bindings_of, commands_of
from tui.keys import key_in_words
from tui.lines.cells import fit, row
from tui.screens.place import Reader

ALWAYS = (
    (_("up, down"), _("Move in a list.")),
    ("Tab", _("To the next part of the screen.")),
    ("Enter", _("Choose, or open; a click does the same.")),
    ("PgUp, PgDn", _("Scroll.")),
)
"""Keys that every screen has."""


class Help(Reader):
    """What can be done, and with which key."""

    PLACE = "help"
    BINDINGS = bindings_of("help")

    def __init__(self, place: str, words: str) -> None:
        super().__init__(_("Help"))
        self.place, self.words = place, words

    def lines(self, width: int) -> Iterable[str | Content]:
        """What the screen is for, then its commands, then what is the same everywhere."""
        if self.words:
            yield self.words
            yield ""
        for command in commands_of(self.place):
            yield self._command(command)
        yield ""
        for keys, words in ALWAYS:
            yield row(fit(Content.styled(keys, "$accent"), 14), words)
        yield ""
        yield _("Keys can be changed in {file}: a line such as end_turn: ctrl+t.").format(file=self.brink.keys_file)
        yield _("The names of commands, for that file: {names}.").format(
            names=", ".join(command.id for command in commands_of(self.place))
        )

    def _command(self, command: Command) -> Content:
        keys = self.brink.keys.get(command.id, command.keys)
        return row(
            fit(Content.styled(key_in_words(keys), "$accent"), 14),
            Content.styled(command.label, "b"),
            "  ",
            command.text,
        )
