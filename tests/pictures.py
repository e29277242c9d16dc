"""Pictures of the game for the documents, from a real game of Kosovo: ``make pictures``.

The Kosovo leadership is played by a few moves; each screen is drawn at 80 columns by 24 rows and at 120 by 40, once the
odds rest on enough futures. Needs cairosvg, and a font of even width (DejaVu Sans Mono).
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from tui.app import BrinkApp
from tui.screens.debrief import Debrief
from tui.start import Start

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"

SIZES = ((80, 24), (120, 40))

SEED = 20

MOVES = ("invite_mission", "accept_safeguards", "calm_street", "court_recognisers:czech_republic", "calm_street")
"""What the leadership does before it declares."""

LAST = "declare_coordinated"

FUTURES = 600
"""On which the odds in a picture rest."""


class Photographer:
    """Plays one game, and draws its screens."""

    def __init__(self, pilot: Pilot[None], width: int) -> None:
        self.pilot, self.width = pilot, width

    @property
    def app(self) -> BrinkApp:
        """The game on screen."""
        assert isinstance(self.pilot.app, BrinkApp)
        return self.pilot.app

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait, up to two minutes."""
        for _again in range(1200):
            await self.pilot.pause(0.1)
            if is_so():
                return
        raise TimeoutError(f"{type(self.app.screen).__name__} did not come so far")

    def is_shown(self, name: str) -> bool:
        """Whether a screen is in view."""
        return type(self.app.screen).__name__ == name

    def is_sure(self) -> bool:
        """Whether the odds rest on enough futures."""
        match = self.app.match
        return match is not None and match.board is not None and match.board.futures >= FUTURES

    def draw(self, name: str) -> None:
        """The screen in view, as SVG and as PNG."""
        import cairosvg

        svg = self.app.export_screenshot(title="Brinkmanship").replace("Fira Code", "DejaVu Sans Mono")
        path = FOLDER / f"{name}-{self.width}.png"
        cairosvg.svg2png(bytestring=svg.encode(), write_to=str(path), output_width=1000)
        print(path.relative_to(FOLDER.parents[1]))

    async def press(self, *keys: str) -> None:
        """Some keys."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def play(self) -> None:
        """The whole game."""
        await self.until(lambda: self.app.screen.query("#menu").first().option_count > 0)  # type: ignore[attr-defined]
        await self.press("down")
        self.draw("briefing")
        await self.press("enter")
        await self.until(lambda: self.is_shown("Desk"))
        turn = 0
        while not self.is_shown("Debrief"):
            await self.choose(MOVES[turn] if turn < len(MOVES) else LAST)
            if turn == 1:
                await self.portraits()
            await self.end_turn(is_drawn=turn == 1)
            turn += 1
        await self.debrief()

    async def choose(self, wanted: str) -> None:
        """Take an option, where it may be taken."""
        match = self.app.match
        assert match is not None
        assert match.viewer is not None
        legal = {str(explained.option): explained.option for explained in match.session.view(match.viewer).legal}
        if wanted in legal:
            match.toggle(match.viewer, legal[wanted])
        desk = self.app.screen
        desk.after_choice()  # type: ignore[attr-defined]
        await self.press("2")

    async def portraits(self) -> None:
        """The desk and the Council."""
        await self.until(self.is_sure)
        await self.press("down", "down", "down")
        self.draw("desk")
        if self.app.match is not None and self.app.match.words:
            await self.press("k")
            await self.until(lambda: self.is_shown("Composer"))
            await self.press("1")
            await self.until(self.is_sure)
            self.draw("composer")
            await self.press("escape", "escape")
            await self.until(self.is_sure)
        if self.width < 110:
            await self.press("3")
            self.draw("stances")
        await self.press("i", "right_square_bracket")
        await self.until(lambda: self.is_shown("Council"))
        await self.press("down", "down")
        self.draw("council")
        await self.press("escape", "2")

    async def end_turn(self, is_drawn: bool) -> None:
        """Send the turn, and read the report."""
        await self.press("e")
        await self.until(lambda: self.is_shown("Confirm"))
        if is_drawn:
            await self.app.workers.wait_for_complete()
            await self.press("f")
            self.draw("confirm")
        await self.press("enter")
        await self.until(lambda: self.is_shown("Report") or self.is_shown("Question"))
        while self.is_shown("Question"):
            await self.refuse()
        if is_drawn:
            await self.until(self.is_sure)
            self.draw("report")
        await self.press("enter")
        await self.until(lambda: self.is_shown("Desk") or self.is_shown("Debrief"))

    async def refuse(self) -> None:
        """Draw what is asked, and refuse it: what is played here was played without deals."""
        asked = self.app.screen
        await self.until(self.is_sure)
        self.draw("letter")
        await self.press(*("r" if asked.check_action("refuse", ()) else "11"))
        await self.until(lambda: self.app.screen is not asked)
        await self.until(lambda: self.is_shown("Report") or self.is_shown("Question"))

    async def debrief(self) -> None:
        """The debrief, and the game again."""
        screen = self.app.screen
        assert isinstance(screen, Debrief)
        await self.until(lambda: screen.found.turning is not None)
        await self.pilot.pause()
        self.draw("debrief")
        await self.press("p")
        await self.until(lambda: self.is_shown("Replay") and getattr(self.app.screen, "told", None) is not None)
        await self.press("n", "n")
        self.draw("replay")


async def pictures() -> None:
    """Every picture, in both sizes."""
    for width, height in SIZES:
        with tempfile.TemporaryDirectory() as home:
            os.environ["BRINK_HOME"] = home
            app = BrinkApp(Start(scenario="kosovo-2007", seed=SEED), Path(home))
            async with app.run_test(size=(width, height), notifications=False) as pilot:
                await Photographer(pilot, width).play()
                app.action_finish()


if __name__ == "__main__":
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(name, None)
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(pictures())
