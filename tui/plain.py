"""The whole game in lines of text, for screen readers, pipes and terminals that can't place text.

Everything is asked for by a word or a number and answered below it; nothing moves and nothing is drawn over. The lines
are those of the screens.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.play.ahead.forecaster import Forecaster
from engine.play.crisis import Crisis, list_scenarios, open_crisis
from engine.play.forecast import Afterwards
from engine.play.journal import SaveError
from engine.play.levels import LEVELS, Level
from engine.play.refusals import for_day
from engine.play.session import BALLOTS, OrderRefused, Session
from engine.play.store import Store, default_folder, read_file
from engine.play.whereabouts import find_again, place_of
from engine.play.wording import playable
from engine.words import _
from tui.dialogue import WIDTH, EndOfInput, Line, pick
from tui.lines.actions import option_title
from tui.lines.briefing import crisis_lines, level_line, side_lines
from tui.lines.calendar import calendar_lines
from tui.lines.ghost import ghost_lines
from tui.lines.news import archive_lines
from tui.lines.speaking import spoken_lines
from tui.lines.words import words_lines
from tui.match import Match
from tui.turns import Turns

if TYPE_CHECKING:
    pass

SEEDS = 1_000_000
"""Seeds from which one is drawn: few enough that people can copy one down."""

HELP = (
    ("NUMBER", _("choose that action, or leave it again")),
    ("NUMBER@DAY", _("choose it for a later day of the turn, such as 3@2007-12-06")),
    ("o NUMBER", _("its odds: every ending, beside holding, and what it does at once; o alone: holding")),
    ("a", _("the actions with their odds")),
    ("x", _("what you may not do now, and what is missing")),
    ("n", _("the news")),
    ("s [NUMBER]", _("where everybody stands on an issue")),
    ("v [NUMBER]", _("how a body would vote; v NUMBER yes, no, abstain or rule tells your seat how")),
    ("w NAME", _("the dossier of an actor")),
    ("c, h, d, b", _("calendar, history, all dispatches, your briefing")),
    ("g", _("who gave its word for what, and who trusts whom")),
    ("k", _("what you may say to others; k NUMBER sends it with the turn, k NUMBER? tells how it would be taken")),
    ("u, r", _("undo, redo")),
    ("q?", _("what your side is asked, and what it may answer")),
    ("y", _("leave this turn to the rule")),
    ("take SIDE, give SIDE", _("sit down in a seat, or hand it to the rules")),
    ("call LETTER PERCENT", _("say how likely an ending is; the debrief scores it")),
    ("e", _("end the turn")),
    ("branch TURN NAME", _("another game with the same past up to a turn")),
    ("q", _("leave; the game is kept")),
)


class PlainGame(Turns):
    """A game told and asked line by line."""

    def __init__(self, line: Line, store: Store | None = None, afterwards: str | None = None) -> None:
        """``afterwards`` says who plays one's own side in the futures of the odds; the rule where left out."""
        super().__init__(line)
        self._afterwards = Afterwards(afterwards or Afterwards.RULE)
        self.store = store or Store(default_folder())
        self.is_left = False
        self._notice: str | None = None
        """What was unusual when the game was kept for the last time."""

    def _forecaster(self, crisis: Crisis) -> Forecaster:
        forecaster = Forecaster(crisis.rules)
        forecaster.afterwards = self._afterwards
        return forecaster

    # Before the game

    def begin(
        self, scenario: str | None, seed: int | None, people: Sequence[str] = (), level: str | None = None
    ) -> int:
        """Choose a crisis, a side and a difficulty, as far as they are not given, and play; 0, or 1 where it failed."""
        try:
            name = scenario or self._choose(_("Which crisis?"), list_scenarios(), str)
            crisis = open_crisis(name)
            self.line.tell(crisis_lines(crisis))
            self.has_briefed = True
            sides = tuple(people) or self._sides(crisis)
            chosen = LEVELS[level] if level else self._level()
        except EndOfInput:
            self.line.tell([_("The input has ended before a game began.")])
            return 0
        number = secrets.randbelow(SEEDS) if seed is None else seed
        names = ", ".join(crisis.scenario.actors[actor].title for actor in sides) or _("nobody seated")
        title = _("{scenario}: {sides}, seed {seed}").format(scenario=crisis.scenario.id, sides=names, seed=number)
        self.play(crisis, Session.new(crisis.rules, number, people=sides, level=chosen, title=title))
        return 0

    def resume(self, path: str, scenario: str | None) -> int:
        """Go on with the game of a save. Raises :class:`SaveError`."""
        journal, content_as = read_file(path)
        try:
            crisis = open_crisis(scenario or find_again(journal, Path(path).parent))
            session = Session.of(journal, crisis.rules)
            session.kept_as = content_as
        except SaveError as error:
            raise SaveError(f"{path}: {error}") from None
        self.play(crisis, session)
        return 0

    def _choose(self, question: str, names: Sequence[str], title: Callable[[str], str]) -> str:
        """One of several, by its number or name."""
        self.line.tell([question, *(f"{number} {title(name)}" for number, name in enumerate(names, 1))])
        while True:
            answer = self.line.ask(_("A number:"))
            found = pick(answer, names, title)
            if found is not None:
                return found
            self.line.tell([_("That is none of them.")])

    def _sides(self, crisis: Crisis) -> tuple[str, ...]:
        names = playable(crisis.scenario)
        watch = _("Watch: no seat")
        chosen = self._choose(
            _("Which side?"), [*names, ""], lambda name: crisis.scenario.actors[name].title if name else watch
        )
        if not chosen:
            return ()
        self.line.tell(side_lines(crisis, chosen))
        return (chosen,)

    def _level(self) -> Level:
        names = list(LEVELS)
        chosen = self._choose(_("Difficulty?"), names, lambda name: level_line(LEVELS[name]).plain)
        return LEVELS[chosen]

    # The game

    def play(self, crisis: Crisis, session: Session) -> None:
        """Turn after turn until it is over or left; however it ends, the game is kept first, and that is said then.

        Raises :class:`SaveError` where it can't be kept.
        """
        session.place = place_of(crisis.name)
        self.match = Match(crisis, session, self.store, self._forecaster(crisis))
        parting = _("The game is kept; brink play goes on with it.")
        try:
            self._play_on()
            if self.game.session.is_over:
                parting = ""
                self.tell_end()
        except EndOfInput:
            parting = _("The input has ended; the game is kept.")
        except KeyboardInterrupt:
            parting = f"\n{parting}"  # below the line that was being typed
            raise
        finally:
            self._keep_and_close()
            self._say_at_last(parting)

    def _play_on(self) -> None:
        self.keep()
        if self.game.session.is_under_way:
            self.put_questions(self.game.session.people)
            self.take_course()
        else:
            self.open_turn()
        while not self.is_left and not self.game.session.is_over:
            self.obey(self.line.ask(self.prompt))

    def _keep_and_close(self) -> None:
        """Nothing is said before it is so."""
        try:
            self._notice = self.game.keep()
        finally:
            self.game.close()

    def _say_at_last(self, parting: str) -> None:
        """What became of the game; where nobody can read it any more, nothing."""
        with contextlib.suppress(OSError):
            self.line.tell(filter(None, (self._notice, parting)))

    @property
    def prompt(self) -> str:
        """What is asked, with the moves left."""
        return _("What do you do? (? for help)")

    @cached_property
    def orders(self) -> dict[str, Callable[[str], None]]:
        """What is done at each word."""
        return {
            "?": self.tell_help,
            "a": self.tell_actions,
            "o": self.tell_odds,
            "x": self.tell_barred,
            "n": self.tell_news,
            "s": self.tell_stances,
            "v": self.vote,
            "w": self.tell_dossier,
            "c": lambda _words: self.line.tell(
                calendar_lines(self.game.scenario, self.game.session.turn, self.game.viewer, WIDTH, self.line.glyphs)
            ),
            "h": lambda _words: self.line.tell(ghost_lines(self.game, WIDTH, self.line.glyphs)),
            "d": lambda _words: self.line.tell(archive_lines(self.game.session, self.game.viewer, WIDTH)),
            "b": self.tell_briefing,
            "g": lambda _words: self.line.tell(words_lines(self.game.seen)),
            "k": self.speak,
            "u": lambda _words: self.changed(self.game.session.undo(self.game.viewer), _("There is nothing to undo.")),
            "r": lambda _words: self.changed(self.game.session.redo(self.game.viewer), _("There is nothing to redo.")),
            "q?": self.ask_again,
            "y": self.leave_to_rule,
            "take": self.take,
            "give": self.give,
            "call": self.call,
            "e": self.end_turn,
            "branch": self.branch,
            "q": self.leave,
        }

    def obey(self, answer: str) -> None:
        """Do what a line says; what can't be done is said in a sentence."""
        word, _space, rest = answer.partition(" ")
        try:
            number, at, day = word.partition("@")
            if number.isdigit() and number.isascii():
                self.choose(int(number), day if at else None)
            elif word.lower() in self.orders:
                self.orders[word.lower()](rest.strip())
            elif word:
                self.line.tell([_("There is no order {word}; ? lists them.").format(word=word[:40])])
        except (OrderRefused, SaveError) as refusal:
            self.line.tell([str(refusal)])

    def tell_help(self, words: str) -> None:
        """What can be asked."""
        self.line.tell(f"{order:22}{text}" for order, text in HELP)

    # What is done

    def choose(self, number: int, day: str | None = None) -> None:
        """Choose an option, for a later day of the turn where one is named, or leave it again."""
        game = self.game
        if game.viewer is None:
            raise OrderRefused(_("you sit in no seat"))
        option = self.numbered(str(number))
        if option is None and day is not None:
            raise OrderRefused(_("holding needs no day"))
        game.toggle(game.viewer, None if option is None else for_day(option, day))
        self.changed(True, "")

    def changed(self, has_changed: bool, otherwise: str) -> None:
        """Keep it, and say what is chosen now."""
        game = self.game
        if not has_changed:
            self.line.tell([otherwise])
            return
        self.keep()
        if game.viewer is not None:
            orders = game.session.orders(game.viewer)
            names = [option_title(game.scenario, option).plain for option in orders.moves]
            rest = _("left to the rule") if orders.by_rule else _("hold")
            votes = [f"{question}: {game.vote_words[ballot]}" for question, ballot in orders.votes.items()]
            self.line.tell([_("Chosen: {moves}").format(moves="; ".join([*(names or [rest]), *votes]))])

    def speak(self, words: str) -> None:
        """Tell what may be said to others; with a number, choose that word; with a question mark, tell of it."""
        game, number = self.game, words.rstrip("?").strip()
        if not number:
            self.tell_words()
            return
        lines = spoken_lines(game)
        if not number.isdigit() or not 1 <= int(number) <= len(lines) or game.viewer is None:
            raise OrderRefused(_("there is no word {number}; k lists them").format(number=number[:20]))
        line = lines[int(number) - 1]
        if words.endswith("?"):
            self.tell_word(line)
        else:
            game.toggle(game.viewer, line.words[0].option)
            self.changed(True, "")

    def vote(self, words: str) -> None:
        """Tell how a body would vote, or tell the own seat how to."""
        number, _space, way = words.partition(" ")
        found, way = self.motion(number), way.strip().lower()
        if not way or found is None or found[1] is None:
            self.tell_votes(number)
        elif way not in (*BALLOTS, "rule"):
            self.line.tell([_("A vote is yes, abstain, no, or rule.")])
        elif self.game.viewer is not None:
            self.game.session.vote(self.game.viewer, found[1].question, BALLOTS.get(way))
            self.changed(True, "")

    def leave_to_rule(self, words: str) -> None:
        """The rule decides for the own side this turn."""
        if self.game.viewer is not None:
            self.game.session.leave_to_rule(self.game.viewer)
            self.changed(True, "")

    def _side(self, words: str) -> str:
        found = pick(words, playable(self.game.scenario), lambda actor: self.game.scenario.actors[actor].title)
        if found is None:
            raise OrderRefused(_("no side is called {name}").format(name=words[:60]))
        return found

    def take(self, words: str) -> None:
        """Sit down in a seat."""
        self.game.session.take(self._side(words))
        self.game.viewer = self.game.viewer or self.game.next_viewer
        self.keep()
        self.game.ask_odds()

    def give(self, words: str) -> None:
        """Hand a seat to the rules."""
        self.game.session.hand_back(self._side(words))
        if self.game.viewer not in self.game.session.people:
            self.game.viewer = self.game.next_viewer
        self.keep()
        self.game.ask_odds()

    def call(self, words: str) -> None:
        """The player's own forecast of an ending."""
        letter, _space, chance = words.partition(" ")
        ending = next((e for e, mark in self.game.marks.items() if mark.lower() == letter.lower()), None)
        if ending is None or not chance.strip().rstrip("%").isdigit() or self.game.viewer is None:
            raise OrderRefused(_("write call, the letter of an ending, and a number from 0 to 100"))
        self.game.session.call(self.game.viewer, ending, int(chance.strip().rstrip("%")) / 100)
        self.keep()

    def branch(self, words: str) -> None:
        """Go on as another game with the same past."""
        number, _space, name = words.partition(" ")
        if not number.isdigit():
            raise OrderRefused(_("write branch, a turn from 1, and a name"))
        game = self.game
        session = game.session.branch(int(number) - 1, name or game.session.title)
        game.close()
        self.match = Match(game.crisis, session, self.store, self._forecaster(game.crisis))
        self.keep()
        self.open_turn()

    def leave(self, words: str) -> None:
        """Leave; what becomes of the game is said once it is kept."""
        self.is_left = True
