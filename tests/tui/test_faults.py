"""On the screens too every write, flush and rename of a save may fail: what is said of the game is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.faults import Died, every_fault
from tests.fuzz.effort import cases
from tests.tui.stage import SEED, open_stage
from tests.tui.test_process import chosen
from tui.launch import parting
from tui.screens.choose import Choose
from tui.screens.desk import Desk
from tui.start import Start

pytestmark = pytest.mark.slow

STEP = 1 if cases(1) > 1 else 5
"""`make fuzz` lets every operation fail, `make test` every fifth."""


async def test_what_is_said_of_a_game_is_so(home: Path, small: Crisis):
    """A choice is kept, or the reason stands there until it is; leaving then says the same, with its exit code."""
    async with open_stage(home, start=Start(scenario=small.name, seed=SEED, workers=0, futures=8)) as stage:
        await stage.at(Choose)
        await stage.sees("Russia")
        await stage.press("enter")
        await stage.at(Desk)
        app, option = stage.app, next(e.option for e in stage.session.view("russia").legal)
        tried = 0
        for fault in every_fault(step=STEP):
            app.keep_game()
            stage.match.toggle("russia", option)
            moves = len(stage.session.orders("russia").moves)
            with fault:
                try:
                    app.keep_game()
                except Died:
                    app.unkept["game"] = "the program has ended"
            code, sentence = parting(app, "")
            assert (code == 0) == ("The game is kept" in sentence) == (not app.unkept), fault
            assert chosen(home, small) in ((moves,) if code == 0 else (moves, 1 - moves)), fault
            assert stage.session.parent is None, fault
            app.unkept.pop("game", None)
            tried += 1
        assert tried > 40 // STEP
