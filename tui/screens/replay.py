"""A game again, turn by turn: of a save, of the game at the table, or a run of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.play.marks import marks_of
from engine.play.wording import long_date, playable
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import plain, stack
from tui.lines.replay import Shown, happened_lines, head_line, world_lines
from tui.screens.asking import AskChoice, AskText
from tui.screens.place import WIDE, Place
from tui.widgets.feet import Feet
from tui.widgets.story import Pages, Scrubber

if TYPE_CHECKING:
    from engine.batch.analysis.browse import RunRow
    from engine.batch.storage.results import Results
    from engine.play.crisis import Crisis
    from engine.play.retold.frames import Retelling, Source
    from engine.play.session import Session

FAR = 5
"""Turns that a long step has."""

NOBODY, AS_BEFORE = "-", "="
"""Answers to who takes over, beside the sides."""


class Replay(Place):
    """A game again. Left and right go a turn back and on, n to the next key moment, Space lets it run by itself.

    In fog you read what was news; v lays everybody's moves, reasons and stances open. t begins a branch from the turn
    in view, with you in a seat. A click on the calendar goes to that day.
    """

    PLACE = "replay"
    BINDINGS = bindings_of("replay")

    def __init__(self, source_of: Callable[[], Source]) -> None:
        """``source_of`` is called on a thread of its own."""
        super().__init__()
        self.source_of = source_of
        self.told: Retelling | None = None
        self.marks: Mapping[str, str] = {}
        self.number = 0
        """Of the frame in view."""
        self.is_open = False
        """Whether there is no fog."""
        self.clock: Timer | None = None
        """Runs while the replay plays by itself."""
        self.is_told_of_fog = False

    @classmethod
    def of_session(cls, crisis: Crisis, session: Session) -> Self:
        """The game at the table, as far as it has come."""
        from engine.play.retold.saved import SavedGame

        journal = session.journal()
        return cls(lambda: SavedGame(journal, crisis))

    @classmethod
    def of_run(cls, results: Results, row: RunRow, known: Mapping[str, Crisis]) -> Self:
        """A run of a batch."""

        def source() -> Source:
            from engine.play.retold.runs import BatchRun

            return BatchRun(results, row, known)

        return cls(source)

    def compose(self) -> ComposeResult:
        """Where the replay is, the calendar, what happened beside how the world stood."""
        yield Static(id="replay-head")
        yield Scrubber(id="scrubber")
        with Pages(id="pages"), Container(id="columns"):
            yield Static(id="happened")
            yield Static(id="world")
        yield Feet()

    def on_mount(self) -> None:
        """The whole game is told first; then every step is there at once."""
        self.query_one("#pages").focus()
        self.query_one("#replay-head", Static).update(plain(_("The game is being played again ..."), "$text-muted"))
        self.tell()

    def on_resize(self) -> None:
        """Lines are broken anew."""
        self.call_after_refresh(self.write)

    @work(thread=True, exclusive=True, group="tell")
    def tell(self) -> None:
        """Play the game again."""
        from engine.play.journal import SaveError
        from engine.play.retold.frames import retell

        worker = get_current_worker()

        def goes_on(number: int, most: int) -> bool:
            if worker.is_cancelled:
                return False
            self.bring(self.say_how_far, number, most)
            return True

        try:
            told = retell(self.source_of(), goes_on)
        except SaveError as error:
            self.bring(self.cannot, str(error))
            return
        if told is not None and not worker.is_cancelled:
            self.bring(self.show, told)

    def say_how_far(self, number: int, most: int) -> None:
        """How many turns have been played again."""
        words = _("The game is being played again: turn {n} of at most {most}").format(n=number, most=most)
        if self.is_mounted and self.told is None:
            self.query_one("#replay-head", Static).update(plain(words, "$text-muted"))

    def cannot(self, sentence: str) -> None:
        """It can't be told at all."""
        self.query_one("#replay-head", Static).update(plain(_("This game can't be told again"), "b $text-error"))
        self.query_one("#happened", Static).update(plain(sentence))

    def show(self, told: Retelling) -> None:
        """Begin with the start."""
        self.told, self.marks = told, marks_of(told.scenario)
        if not told.verdict.is_same:
            self.notify(told.verdict.words, title=_("Not quite the same"), severity="warning", timeout=12, markup=False)
        self.refresh_bindings()
        self.go_to(0)

    @property
    def shown(self) -> Shown | None:
        """The moment in view; None until the game has been told."""
        return None if self.told is None else Shown(self.told, self.number, self.is_open, self.marks)

    def write(self) -> None:
        """Show the moment in view."""
        shown, width = self.shown, self.size.width
        if shown is None:
            return
        inner = max(30, width - 3)
        is_wide = width >= WIDE
        left = inner * 9 // 20 - 2 if is_wide else inner
        right = inner - left - 3 if is_wide else inner
        self.query_one("#replay-head", Static).update(head_line(shown, self.clock is not None, width, self.glyphs))
        self.query_one(Scrubber).show(shown)
        self.query_one("#happened", Static).update(stack(happened_lines(shown, left, self.glyphs)))
        self.query_one("#world", Static).update(stack(world_lines(shown, right, self.glyphs)))

    def go_to(self, number: int) -> None:
        """Another moment; what lies beyond the ends is the end."""
        if self.told is None:
            return
        self.number = min(max(0, number), len(self.told.frames) - 1)
        self.query_one("#pages").scroll_home(animate=False)
        self.write()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be done with a game before it has been told."""
        return True if self.told is not None or action in ("leave", "help") else None

    def action_back(self) -> None:
        """One turn back."""
        self.go_to(self.number - 1)

    def action_forward(self) -> None:
        """One turn on."""
        self.go_to(self.number + 1)

    def action_back_far(self) -> None:
        """Five turns back."""
        self.go_to(self.number - FAR)

    def action_forward_far(self) -> None:
        """Five turns on."""
        self.go_to(self.number + FAR)

    def action_first(self) -> None:
        """The start."""
        self.go_to(0)

    def action_last(self) -> None:
        """The end."""
        if self.told is not None:
            self.go_to(len(self.told.frames) - 1)

    def action_key_moment(self) -> None:
        """The next turn in which much changed."""
        self._to_moment(self.told.next_moment(self.number) if self.told else None, _("No key moment follows."))

    def action_moment_before(self) -> None:
        """The one before."""
        self._to_moment(self.told.moment_before(self.number) if self.told else None, _("No key moment lies before."))

    def _to_moment(self, number: int | None, otherwise: str) -> None:
        if number is None:
            self.notify(otherwise, timeout=3)
        else:
            self.go_to(number)

    def action_run(self) -> None:
        """Let it play by itself, or stop it."""
        if self.clock is not None:
            self.stop()
        elif self.told is not None:
            if self.number == len(self.told.frames) - 1:
                self.go_to(0)
            self.clock = self.set_interval(self.brink.settings.replay_seconds, self.tick)
            self.write()

    def tick(self) -> None:
        """The next turn, until the end."""
        self.action_forward()
        if self.told is None or self.number == len(self.told.frames) - 1:
            self.stop()

    def stop(self) -> None:
        """Stand still."""
        if self.clock is not None:
            self.clock.stop()
            self.clock = None
            self.write()

    def action_fog(self) -> None:
        """Only the news, or everything."""
        if self.told is None:
            return
        self.is_open = not self.is_open
        if self.is_open and not self.told.is_over and not self.is_told_of_fog:
            self.is_told_of_fog = True
            self.notify(_("This game is not over: what you read now, you would not know at the table."), timeout=6)
        self.write()

    def on_scrubber_asked(self, event: Scrubber.Asked) -> None:
        """The turn of that day."""
        if self.told is not None:
            start, end = self.told.scenario.start, self.told.scenario.end
            self.go_to(self.told.frame_on(start + dt.timedelta(days=round(event.share * (end - start).days))))

    def action_jump(self) -> None:
        """A turn by its number or its day."""
        if self.told is None:
            return
        last = self.told.frames[-1]
        question = _("Which turn? A number from 0 to {last}, or a day such as {day}").format(
            last=last.number, day=last.day.isoformat()
        )
        self.app.push_screen(AskText(question, doubt=self._doubt_place), self._jump)

    def _jump(self, answer: str | None) -> None:
        if answer is not None:
            self.go_to(self._place(answer) or 0)

    def _place(self, answer: str) -> int | None:
        """The frame that is meant by a number or a day; None where it is neither."""
        assert self.told is not None, "nobody is asked before"
        if answer.isdecimal():
            number = int(answer)
            return number if number < len(self.told.frames) else None
        try:
            return self.told.frame_on(dt.date.fromisoformat(answer))
        except ValueError:
            return None

    def _doubt_place(self, answer: str) -> str | None:
        if self._place(answer) is not None:
            return None
        assert self.told is not None, "nobody is asked before"
        return _('"{answer}" is neither a turn from 0 to {last} nor a day such as {day}').format(
            answer=answer, last=self.told.frames[-1].number, day=self.told.frames[0].day.isoformat()
        )

    # Taking over

    def action_take_over(self) -> None:
        """A branch from here, with somebody in a seat."""
        shown = self.shown
        if shown is None:
            return
        self.stop()
        if shown.frame.ending is not None:
            self.notify(_("The story has closed here: go back a turn or more, and take over there."), timeout=6)
            return
        sides = [(actor, shown.scenario.actors[actor].title) for actor in playable(shown.scenario)]
        answers = [*sides, (NOBODY, _("Nobody: the rules decide for all"))]
        people = next((f.sheet.people for f in shown.told.frames[self.number + 1 :] if f.sheet), ())
        if people:
            titles = ", ".join(shown.scenario.actors[actor].title for actor in people)
            answers.insert(0, (AS_BEFORE, _("As it was: {sides}").format(sides=titles)))
        day = long_date(shown.frame.day)
        self.app.push_screen(
            AskChoice(_("Take over on {day}: in whose seat?").format(day=day), answers),
            lambda answer: self._name_branch(shown, answer) if answer is not None else None,
        )

    def _name_branch(self, shown: Shown, seat: str) -> None:
        title = _("{title}, from turn {n}").format(title=shown.told.source.title, n=shown.number)
        self.app.push_screen(
            AskText(_("A name for this game"), title[:120]),
            lambda name: self._branch(shown, seat, name) if name is not None else None,
        )

    def _branch(self, shown: Shown, seat: str, name: str) -> None:
        people = None if seat == AS_BEFORE else () if seat == NOBODY else (seat,)
        source, crisis, turn = shown.told.source, shown.crisis, shown.number
        self.brink.branch_off(lambda: source.branch(crisis, turn, name, people), crisis)
