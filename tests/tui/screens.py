"""What tests of the screens share: the text in view, and the ways to wait for it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.pilot import Pilot


def text_of(app: App[None]) -> str:
    """What is in view, a line for each row of the terminal."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def settled(pilot: Pilot[None]) -> None:
    """Until no worker runs and everything has been drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[None], is_so: Callable[[], bool], tries: int = 600) -> None:
    """Until something is so; fails where that does not come about."""
    for _again in range(tries):
        if is_so():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"it did not come about; in view is:\n{text_of(pilot.app)}")
