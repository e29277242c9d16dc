"""What can be done on the screens: one table from which keys, palette, footer and help are made.

The same key means the same thing everywhere. No key is used that terminals or tmux keep for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from engine.words import _


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: ``action_ID`` of the screens named in ``places``."""

    id: str
    keys: str
    """The keys for it, separated by commas."""
    label: str
    """One or two words, for the footer and the palette."""
    text: str
    """A sentence, for help and the palette."""
    places: tuple[str, ...]
    """The screens on which it can be done; ``app`` is everywhere."""
    footer: tuple[str, ...] = ()
    """The screens whose footer shows it."""


READERS = ("archive", "dossier", "calendar", "debrief", "briefing", "help", "report", "odds", "ghost", "words")
"""Screens that are read from top to bottom."""

LINES = ("question", "composer")
"""Screens whose lines are chosen by their number."""

COMMANDS: tuple[Command, ...] = (
    # everywhere
    Command("help", "question_mark,f1", _("Help"), _("What can be done here, and with which key."), ("app",), ("app",)),
    Command("palette", "ctrl+p,colon", _("Commands"), _("Find a command by its name."), ("app",), ("app",)),
    Command("settings", "comma", _("Settings"), _("Colours, signs, speed; where your files are."), ("app",)),
    Command("leave", "escape", _("Back"), _("Back to where you came from; nothing is lost."), ("screen",), ("screen",)),
    Command("finish", "ctrl+q", _("Quit"), _("Leave; the game is kept and goes on from the title."), ("app",)),
    # the desk
    Command("panel_1", "1", _("Desk"), _("Who wants what of you, and the news."), ("desk",)),
    Command("panel_2", "2", _("Actions"), _("What you may do, with its odds."), ("desk",)),
    Command("panel_3", "3", _("Stances"), _("Where the world and each actor stand."), ("desk",)),
    Command("panel_4", "4", _("Votes"), _("Who would vote how, and what would change it."), ("desk",)),
    Command(
        "end_turn",
        "e",
        _("End turn"),
        _("Look at your moves once more, hear your advisers, and let the turn take its course."),
        ("desk",),
        ("desk",),
    ),
    Command("undo", "u", _("Undo"), _("Take back the latest choice of this turn."), ("desk",), ("desk",)),
    Command("redo", "r", _("Redo"), _("Choose again what was taken back."), ("desk",)),
    Command(
        "odds", "f", _("Odds"), _("Every ending for the option in view, beside doing nothing."), ("desk",), ("desk",)
    ),
    Command("later", "t", _("Later"), _("The option in view, for a later day of the turn."), ("desk",)),
    Command("question", "q", _("Question"), _("What your side is asked, and what it may answer."), ("desk",)),
    Command(
        "speak",
        "k",
        _("Speak"),
        _("Write to somebody: an offer, a warning, an amendment, a signature; it costs no move."),
        ("desk",),
        ("desk",),
    ),
    Command("sort", "o", _("Order"), _("Options in the order of the scenario, or the best for you first."), ("desk",)),
    Command("who", "w", _("Who"), _("The dossier of the actor in view."), ("desk", "council", "report"), ("desk",)),
    Command(
        "next",
        "right_square_bracket,right",
        _("Next"),
        _("The next issue, institution or question."),
        ("desk", "council", "other_side"),
        ("other_side",),
    ),
    Command(
        "previous", "left_square_bracket,left", _("Previous"), _("The one before."), ("desk", "council", "other_side")
    ),
    Command(
        "council",
        "i",
        _("Institutions"),
        _("Every body: seats, lean, likely votes, your own vote."),
        ("desk", "report"),
    ),
    Command("calendar", "c", _("Calendar"), _("The days that matter, and the days left."), ("desk", "report")),
    Command("words", "g", _("Words"), _("Who gave its word for what, and who trusts whom."), ("desk", "report")),
    Command("archive", "a", _("Archive"), _("All dispatches so far."), ("desk", "report", "debrief")),
    Command(
        "ghost",
        "h",
        _("History"),
        _("What the real actor did, and how far this world has drifted."),
        ("desk", "report", "debrief"),
    ),
    Command("seats", "x", _("Seats"), _("Who sits in which seat: hand one to the rules, or take one."), ("desk",)),
    Command(
        "saves", "s", _("Saves"), _("Games and branches as a tree; a copy under a name."), ("desk", "title", "debrief")
    ),
    Command("briefing", "b", _("Briefing"), _("Your side once more: what it wants, fears and may do."), ("desk",)),
    Command("by_rule", "y", _("Leave it"), _("Let the rule decide for your side this turn."), ("desk", "workshop")),
    # votes
    Command("vote_yes", "plus", _("Vote yes"), _("Your seat votes yes if this is tabled."), ("council",), ("council",)),
    Command("vote_no", "minus", _("Vote no"), _("Your seat votes no if this is tabled."), ("council",), ("council",)),
    Command("vote_abstain", "0", _("Abstain"), _("Your seat abstains if this is tabled."), ("council",), ("council",)),
    Command("vote_rule", "y", _("As it leans"), _("Your seat votes as its stances lean."), ("council",)),
    # a question to a side
    *(
        Command(f"answer_{n}", str(n), _("Answer"), _("Look at that line; again or Enter takes it."), LINES)
        for n in range(1, 7)
    ),
    Command("accept", "a", _("Accept"), _("Take what is offered."), ("question",), ("question",)),
    Command("refuse", "r", _("Refuse"), _("Refuse what is offered."), ("question",), ("question",)),
    Command(
        "counter",
        "c",
        _("Counter"),
        _("Ask for something else instead, where that may be said."),
        ("question",),
        ("question",),
    ),
    Command(
        "think",
        "t,l",
        _("Think"),
        _("Leave the question open, as long as there is time; then what happens in silence takes place."),
        ("question",),
        ("question",),
    ),
    # choosing a game
    Command(
        "level",
        "d",
        _("Difficulty"),
        _("How well the others look ahead, and what you know of them."),
        ("choose",),
        ("choose",),
    ),
    Command(
        "seat",
        "space",
        _("Sit down"),
        _("Another person takes this side too, at the same terminal."),
        ("choose",),
        ("choose",),
    ),
    Command("start", "enter", _("Start"), _("Begin the game."), ("choose",), ("choose",)),
    # the confirmation
    Command("send", "enter,e", _("Send"), _("The turn takes its course."), ("confirm",), ("confirm",)),
    Command(
        "call",
        "f",
        _("Your call"),
        _("Say which ending you expect, and how surely; the debrief scores it."),
        ("confirm",),
        ("confirm",),
    ),
    Command("more", "plus,right", _("Surer"), _("Ten percent more."), ("confirm",)),
    Command("less", "minus,left", _("Less sure"), _("Ten percent less."), ("confirm",)),
    # replay
    Command("back", "left", _("Back"), _("One turn back."), ("replay",), ("replay",)),
    Command("forward", "right", _("On"), _("One turn on."), ("replay",), ("replay",)),
    Command("back_far", "less_than_sign", _("Back five"), _("Five turns back."), ("replay",)),
    Command("forward_far", "greater_than_sign", _("On five"), _("Five turns on."), ("replay",)),
    Command("first", "home", _("Start"), _("The first turn."), ("replay",)),
    Command("last", "end", _("End"), _("The last turn."), ("replay",)),
    Command("key_moment", "n", _("Key moment"), _("The next turn in which much changed."), ("replay",), ("replay",)),
    Command(
        "moment_before", "N", _("Moment before"), _("The turn before this one in which much changed."), ("replay",)
    ),
    Command(
        "jump", "j", _("Go to"), _("A turn by its number or a day in it; a run by its number."), ("replay", "batches")
    ),
    Command("run", "space", _("Play"), _("Turn after turn by itself; again to stop."), ("replay",), ("replay",)),
    Command(
        "fog", "v", _("Fog"), _("What everybody thought and weighed, or only what was news."), ("replay",), ("replay",)
    ),
    Command(
        "take_over", "t", _("Take over"), _("A branch from this turn, with you in a seat."), ("replay",), ("replay",)
    ),
    # saves
    Command("rename", "f2", _("Rename"), _("Another name for this game."), ("saves",), ("saves",)),
    Command("delete", "delete", _("Delete"), _("Move this game to the trash folder."), ("saves",), ("saves",)),
    Command(
        "replay",
        "p",
        _("Replay"),
        _("Watch this game again, turn by turn."),
        ("saves", "debrief"),
        ("saves", "debrief"),
    ),
    Command(
        "branch",
        "t",
        _("Branch"),
        _("Another game with the same past, from this turn, under a name."),
        ("saves",),
        ("saves",),
    ),
    # batches
    Command("type_path", "slash", _("Path"), _("Write the path of a folder of results."), ("folders",), ("folders",)),
    Command("filter", "slash", _("Filter"), _("Only runs with this ending."), ("batches",), ("batches",)),
    Command("arm", "d", _("Design point"), _("Only runs of one design point, or of all."), ("batches",), ("batches",)),
    Command("sort_runs", "o", _("Order"), _("By run, by ending, by score."), ("batches",), ("batches",)),
    Command("median", "m", _("Median run"), _("The run in the middle, by score."), ("batches",), ("batches",)),
    Command("odd_one", "z", _("Odd one out"), _("A run that is unlike the others."), ("batches",), ("batches",)),
    # the workshop
    Command(
        "findings", "1", _("Findings"), _("What is wrong with the file, and where; Enter explains."), ("workshop",)
    ),
    Command("game", "2", _("Game"), _("Your options, and the news of the turn before; Enter chooses."), ("workshop",)),
    Command("values", "3", _("Values"), _("What everything is worth now, and what an option asks for."), ("workshop",)),
    Command("timeline", "4", _("Timeline"), _("The days that matter, and where the game stands."), ("workshop",)),
    Command(
        "play_turn",
        "e",
        _("End turn"),
        _("The turn takes its course; what you chose is chosen again after each save."),
        ("workshop",),
        ("workshop",),
    ),
    Command(
        "take_back",
        "u",
        _("Undo"),
        _("Take back the latest choice; where there is none, the turn before is open again."),
        ("workshop",),
        ("workshop",),
    ),
    Command(
        "expression",
        "slash",
        _("Expression"),
        _("Write any expression and read its value; Enter keeps it among the values, Esc closes the line."),
        ("workshop",),
        ("workshop",),
    ),
    # after the game
    Command(
        "other_side",
        "v",
        _("Other side"),
        _("The same game as an opponent saw it, with its reasons."),
        ("debrief",),
        ("debrief",),
    ),
    Command("again", "t", _("Try again"), _("The same crisis, with another chance."), ("debrief",), ("debrief",)),
    Command("continue", "enter", _("Go on"), _("To the next turn."), ("report", "curtain"), ("report", "curtain")),
)
"""Everything that can be done."""

ALWAYS = ("finish",)
"""What can be done over a question too, and while something is typed."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
"""The same by its name."""


def commands_of(place: str) -> tuple[Command, ...]:
    """What can be done on a screen, what can be done everywhere last."""
    own = tuple(command for command in COMMANDS if place in command.places)
    rest = ("screen", "app") if place != "app" else ()
    return (*own, *(command for command in COMMANDS if set(rest) & set(command.places)))


def bindings_of(place: str) -> list[BindingType]:
    """The bindings of a screen (or, for ``app``, of the application)."""
    own = [command for command in COMMANDS if place in command.places]
    if place != "app":
        own += [command for command in COMMANDS if "screen" in command.places]
    return [_binding(command, place) for command in own]


def _binding(command: Command, place: str) -> Binding:
    is_shown = place in command.footer or (place != "app" and "screen" in command.footer)
    return Binding(command.keys, command.id, command.label, show=is_shown, id=command.id, priority=command.id in ALWAYS)
