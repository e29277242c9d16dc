"""Settings: each a line that Enter or a click moves to its next value, kept at once."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import fit, plain, row
from tui.screens.place import Place
from tui.settings import GLYPHS, THEMES, Settings
from tui.widgets.feet import Feet
from tui.widgets.menu import Menu

SPEEDS = (0.5, 1.0, 1.5, 3.0, 5.0)

VALUES: dict[str, tuple[object, ...]] = {
    "theme": THEMES,
    "glyphs": GLYPHS,
    "confirm": (True, False),
    "curtain": (True, False),
    "replay_seconds": SPEEDS,
}
"""What each setting may be, in the order in which Enter goes through it."""

TITLES = {
    "theme": _("Colours"),
    "glyphs": _("Signs"),
    "confirm": _("Advisers before a turn is sent"),
    "curtain": _("Curtain between two people"),
    "replay_seconds": _("Seconds for each turn of a replay"),
}

WORDS = {
    True: _("yes"),
    False: _("no"),
    "dark": _("dark"),
    "light": _("light"),
    "contrast": _("high contrast"),
    "safe": _("for any colour vision (Okabe and Ito)"),
    "auto": _("as the terminal can"),
    "unicode": _("lines and dots"),
    "ascii": _("plain ASCII"),
}


class SettingsScreen(Place):
    """Enter or a click moves a setting to its next value, which is kept at once."""

    PLACE = "settings"
    BINDINGS = bindings_of("settings")

    def compose(self) -> ComposeResult:
        """A line for each setting, then where the files are."""
        yield Static(plain(_("Settings"), "b $primary"), id="heading")
        yield Menu(*self.options(), id="settings")
        yield Static(self.files(), id="files")
        yield Feet()

    def options(self) -> list[Option]:
        """The settings with their values."""
        return [Option(self.line(name), id=name) for name in VALUES]

    def line(self, name: str) -> Content:
        """A setting with its value."""
        value = getattr(self.brink.settings, name)
        return row(
            fit(TITLES[name], 40),
            Content.styled(str(WORDS.get(value, f"{value:g}" if isinstance(value, float) else value)), "b"),
        )

    def files(self) -> Content:
        """Where settings, keys and saves are kept."""
        return plain(
            _("Kept in {settings}; keys in {keys}; games in {saves}").format(
                settings=self.brink.settings_file, keys=self.brink.keys_file, saves=self.brink.saves_folder
            ),
            "$text-muted",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """On to the next value, which is kept at once."""
        name = event.option_id or ""
        values = VALUES[name]
        value = getattr(self.brink.settings, name)
        following = values[(values.index(value) + 1) % len(values)] if value in values else values[0]
        changes: dict[str, object] = {name: following}
        settings: Settings = replace(self.brink.settings, **changes)  # type: ignore[arg-type]  # a value of its list
        self.brink.use(settings)
        event.option_list.replace_option_prompt_at_index(event.option_index, self.line(name))
