"""Words between sides on the screens: an offer is made, the other side answers, and a page tells what is in force."""

from __future__ import annotations

from pathlib import Path

from engine.play.crisis import Crisis
from engine.rules import Rules
from tests.tui.stage import LARGE, SMALL, open_desk
from tests.words import TWO_RIVERS, two_rivers
from tui.screens.composer import Composer
from tui.screens.confirm import Confirm
from tui.screens.desk import Desk
from tui.screens.question import Question
from tui.screens.readers import WordsGiven
from tui.screens.report import Report


def eager() -> Crisis:
    """The small crisis of words, in which everybody trusts everybody and talks are held."""
    return Crisis(str(TWO_RIVERS), Rules(two_rivers({"secrets.talks.chance": 1.0, "words.trust": 0.95})), None, {})


async def test_words_are_exchanged_at_the_desk(home: Path):
    """An offer is chosen like an action; once it is taken, g tells who owes what until when."""
    async with open_desk(home, eager(), ("north",), LARGE) as stage:
        await stage.press("g")
        await stage.at(WordsGiven)
        await stage.sees("Nobody has given its word yet")
        await stage.press("escape", "k")
        await stage.at(Composer)
        await stage.press("1")
        await stage.sees("Ask it to lend the North money")
        await stage.sees("That the South takes it: 9")
        await stage.press("enter")
        await stage.at(Desk)
        await stage.press("2", "down", "down", "down", "enter")
        assert [option.action for option in stage.match.plan] == ["offer_opening_for_loan", "open_border"]
        await stage.press("enter", "e")
        await stage.at(Confirm)
        await stage.press("enter")
        while isinstance(await stage.at_any(Question, Report), Question):
            await stage.press("1", "1")
            await stage.until(lambda: not isinstance(stage.app.screen, Question))
        await stage.sees("The North offers to open the border, if the South undertakes to lend the North money.")
        await stage.press("g")
        await stage.at(WordsGiven)
        await stage.sees("in return: to lend the North money")


async def test_without_undertakings_nobody_gives_its_word(home: Path, small: Crisis):
    """And the page says so."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        await stage.press("g")
        await stage.sees("In this scenario nobody gives its word")
