"""Every ending for one option, beside doing nothing, as it becomes known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from engine.words import _
from tui.commands import bindings_of
from tui.lines.actions import impact_line, option_title
from tui.lines.cells import plain, row
from tui.lines.odds import afterwards_in_words, ending_lines, letters, score_line
from tui.screens.readers import GameReader

if TYPE_CHECKING:
    from engine.play.session import Option
    from tui.match import Match


class OddsScreen(GameReader):
    """Futures of the present world, with and without the option, on the same chance. Twenty of them stand as letters.

    After this turn the rules decide for everybody, for your side as the game was told to.
    """

    PLACE = "odds"
    BINDINGS = bindings_of("odds")

    def __init__(self, match: Match, option: Option | None) -> None:
        super().__init__(match, _("Odds"))
        self.option = option

    def lines(self, width: int) -> Iterable[str | Content]:
        """The option, the plan it makes, and holding, one below the other."""
        match, board = self.match, self.match.board
        impact = match.impact_of(self.option)
        if impact is not None and self.option is not None:
            yield row(plain(_("This alone: "), "$accent"), option_title(match.scenario, self.option))
            yield impact_line(impact)
            yield ""
        if board is None or not board.futures:
            yield plain(_("The odds are being worked out ..."), "$text-muted")
            return
        plan = match.plan if self.option is None or self.option in match.plan else match.plan_with(self.option)
        if plan in board.odds:
            names = [option_title(match.scenario, option) for option in plan] or [plain(_("Hold"))]
            yield row(plain(_("If you do this: "), "$accent"), Content(" + ").join(names))
            odds = board.beside(plan, ())
            yield letters(match.scenario, match.marks, odds)
            yield score_line(odds, self.glyphs, _("holding"))
            yield from ending_lines(match.scenario, match.marks, odds, width, self.glyphs, _("holding"))
            yield ""
        yield plain(_("If you hold"), "$accent")
        hold = board.beside((), ())
        yield letters(match.scenario, match.marks, hold)
        yield from ending_lines(match.scenario, match.marks, hold, width, self.glyphs, "")
        yield ""
        yield plain(
            _(
                "Each figure is a share of {n} futures, from the world as you may take it to be. {who} The reach after "
                "the sign holds the true share nineteen times in twenty. Differences are taken between futures of the "
                "same chance; what lies inside the noise is called the same."
            ).format(n=f"{board.futures:,}", who=afterwards_in_words(match.forecaster.afterwards)),
            "$text-muted",
        )

    def odds_changed(self) -> None:
        """More is known."""
        self.write()
