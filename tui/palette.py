"""The command palette: every command of the screen, found by a few letters of its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import Command, commands_of
from tui.keys import key_in_words

if TYPE_CHECKING:
    from tui.home import Home


class CommandProvider(Provider):
    """The table of commands, for the palette."""

    def _offered(self) -> Iterator[Command]:
        """The commands that can be done on the screen below and, where it may matter, at the moment."""
        place = getattr(self.screen, "PLACE", "screen")
        for command in commands_of(place):
            is_allowed = self.screen.check_action(command.id, ())
            if command.id != "palette" and is_allowed:
                yield command

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._offered():
            yield DiscoveryHit(self._name(command), partial(self._run, command), help=command.text)

    async def search(self, query: str) -> Hits:
        """Those whose name or sentence matches."""
        matcher = self.matcher(query)
        for command in self._offered():
            score = max(matcher.match(command.label), 0.8 * matcher.match(command.text))
            if score > 0:
                yield Hit(score, matcher.highlight(self._name(command)), partial(self._run, command), help=command.text)

    def _name(self, command: Command) -> str:
        app = cast("Home", self.app)
        return f"{command.label}  ({key_in_words(app.keys.get(command.id, command.keys))})"

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(command.id if "app" not in command.places else f"app.{command.id}")
