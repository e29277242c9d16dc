"""A game told as news: turn by turn what was done, decided and changed, then how it ended and for whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from engine.cli.paper import BAD, GOOD, LOUD, QUIET, Paper, as_text, signed
from engine.cli.progress import at_work
from engine.play.wording import (
    asked_in_words,
    lapse_in_words,
    long_date,
    named,
    nearest_point,
    parted,
    share_of_scale,
    titles,
    voters,
)

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.record import Asked, Dispatch, Move, Turn, VoteResult
    from engine.play.standings import Standing
    from engine.scenario.models import Scenario

WIDEST = 36
"""Columns that the titles of issues are given, so that bars stand under each other from turn to turn."""

SCORES = "0 to 100: how well the world fits what the side wanted, and what the way it ended is to it."
"""What a score is."""

NOTICED = 0.05
"""Scale points that an issue moves before it is told."""


def tell_game(
    paper: Paper, game: Game, note: str, turns: Iterable[Turn] | None = None, seconds: float | None = None
) -> None:
    """The whole game; ``note`` says who sat in the seats.

    Where ``turns`` are given, each is told as it comes. Scores are held against runs that are made in so many seconds.
    """
    scenario = game.rules.scenario
    paper.title(scenario.title)
    paper.put(as_text(f"{scenario.id}, seed {game.scenario_seed}, run {game.run}. {note}", QUIET))
    before = game.began
    for turn in game.turns if turns is None else turns:
        tell_turn(paper, scenario, turn, before)
        before = turn.values
    tell_ending(paper, game, seconds)


def tell_turn(paper: Paper, scenario: Scenario, turn: Turn, before: Mapping[str, float]) -> None:
    """One turn under its date; ``before`` are the issues as they stood when it opened."""
    paper.heading(long_date(turn.date), f"turn {turn.turn}")
    days = turn.day_by_day(scenario.timeline)
    for part in days:
        if part is not turn:
            paper.put(as_text(long_date(part.date), LOUD))
        tell_day(paper, scenario, part)
    if not days:
        paper.item(as_text("Nothing is reported.", QUIET))
    tell_changes(paper, scenario, turn, before)


def tell_day(paper: Paper, scenario: Scenario, turn: Turn) -> None:
    """What was done in a turn, or on one of its days, and what was not possible then."""
    for line in news(scenario, turn):
        paper.item(line)
    for lapse in turn.lapses:
        paper.item(as_text(lapse_in_words(scenario, lapse), QUIET))
    if turn.votes:
        paper.blank()
    for vote in turn.votes:
        tell_vote(paper, scenario, vote)


def news(scenario: Scenario, turn: Turn) -> Iterator[Text]:
    """The dispatches in their order, and a plain line for each move that has none, before what follows of moves."""
    moves = deque(turn.moves)
    left = sum(dispatch.kind == "move" for dispatch in turn.dispatches)
    opens = True
    for dispatch in turn.dispatches:
        opens = opens and _is_of_calendar(scenario, dispatch)
        if dispatch.kind == "move" or not (left or opens):
            yield from _plain_moves(scenario, moves)
        if dispatch.kind == "move":
            moves.popleft()
            left -= 1
        yield _dispatch(turn, dispatch)
    yield from _plain_moves(scenario, moves)
    for put in turn.asked:
        if not scenario.asks[put.ask].dispatch:
            line = f"{titles(scenario, put.actors)} must answer: {scenario.asks[put.ask].title}"
            yield Text.assemble(as_text(line), _secrecy(put))
    if not turn.moves and not turn.dispatches:
        yield as_text("Nothing is reported.", QUIET)


def _plain_moves(scenario: Scenario, moves: deque[Move]) -> Iterator[Text]:
    """A line for each of the next moves that have no text, which are taken off."""
    while moves and not scenario.choice(moves[0].option.action).dispatch:
        yield _plain_move(scenario, moves.popleft())


def _is_of_calendar(scenario: Scenario, dispatch: Dispatch) -> bool:
    """Whether it tells of what a day of the calendar brought, or of a question that was put before anybody moved."""
    if dispatch.kind == "ask":
        return True
    event = scenario.events.get(dispatch.about) if dispatch.kind in ("event", "effect") else None
    return event is not None and event.on is not None


def _dispatch(turn: Turn, dispatch: Dispatch) -> Text:
    day = "" if dispatch.date == turn.date else f"{dispatch.date.day} {dispatch.date:%B}: "
    return Text.assemble((day, QUIET), as_text(dispatch.text), _secrecy(dispatch))


def _secrecy(told: Dispatch | Move | Asked) -> Text:
    """A remark behind what only some actors learn of."""
    return as_text("" if told.known_to is None else " (not public)", QUIET)


def _plain_move(scenario: Scenario, move: Move) -> Text:
    option = move.option
    targets = move.targets or ((option.target,) if option.target else ())
    aim = f" ({titles(scenario, targets)})" if targets else ""
    what = named(scenario, option) if option.answers else f"{scenario.choice(option.action).title}{aim}"
    line = f"{scenario.actors[option.actor].title}: {what}."
    return Text.assemble(as_text(line), _secrecy(move))


def tell_vote(paper: Paper, scenario: Scenario, vote: VoteResult) -> None:
    """A question, how it was decided, and who voted how."""
    asked = asked_in_words(scenario, *parted(vote.question))
    head = Text.assemble(
        as_text(f"{scenario.institutions[vote.institution].title}: {asked} ", LOUD),
        ("Passed." if vote.passed else "Failed.", f"{LOUD} {GOOD if vote.passed else BAD}"),
    )
    paper.item(head, mark="*")
    ballots = (("yes", vote.yes), ("no", vote.no), ("abstaining", vote.abstain))
    rule = scenario.institutions[vote.institution].passes
    rows = [(f"{rule.votes_of(who)} {way}", voters(scenario, rule, who)) for way, who in ballots if who]
    if vote.vetoed_by:
        rows.append(("vetoed by", titles(scenario, vote.vetoed_by)))
    rows.append(("tabled by", titles(scenario, vote.sponsors)))
    paper.table(rows)


def tell_changes(paper: Paper, scenario: Scenario, turn: Turn, before: Mapping[str, float]) -> None:
    """The issues that have moved."""
    moved = {i: turn.values[i] - before[i] for i in scenario.issues if abs(turn.values[i] - before[i]) >= NOTICED}
    if moved:
        paper.blank()
        paper.table(
            (
                (
                    scenario.issues[issue].title,
                    paper.bar(share_of_scale(scenario, issue, turn.values[issue])),
                    f"{turn.values[issue]:.1f}",
                    signed(change),
                )
                for issue, change in moved.items()
            ),
            right="llrr",
            first=min(WIDEST, max(cell_len(issue.title) for issue in scenario.issues.values())),
        )


def tell_ending(paper: Paper, game: Game, seconds: float | None = None) -> None:
    """How it ended, where the world stands, and what that is worth to whom."""
    scenario, ending = game.rules.scenario, game.ending
    if ending is None:
        paper.heading("Not over yet", f"turn {game.turn} is open")
    else:
        paper.heading(f"The end: {ending.title}", ending.id)
        paper.paragraphs(ending.text or "")
    paper.blank()
    values = {issue: game.turns[-1].values[issue] if game.turns else start for issue, start in game.began.items()}
    paper.table(
        (
            (
                rule.title,
                f"{values[issue]:.1f}",
                signed(values[issue] - game.began[issue]),
                nearest_point(scenario, issue, values[issue]),
            )
            for issue, rule in scenario.issues.items()
        ),
        heads=("Where the world stands", "", "", ""),
        right="lrrl",
        indent=0,
    )
    tell_standings(paper, game, seconds)


def tell_standings(paper: Paper, game: Game, seconds: float | None = None) -> None:
    """The scores of the playable sides, if the game is over."""
    from engine.play.standings import rule_runs, standings_of

    if not game.is_over:
        return
    with at_work("making runs to hold the scores against"):
        others = rule_runs(game.rules, game.scenario_seed, seconds)
    standings = standings_of(game, others)
    if standings:
        paper.blank()
        paper.table(
            ((game.rules.scenario.actors[s.actor].title, f"{s.score:.1f}", in_percent(s)) for s in standings),
            heads=("How it suits the sides", "score", "percentile"),
            right="lrr",
            indent=0,
        )
        paper.put(as_text(f"{SCORES} {percentiles(others.runs, seconds)}", QUIET))


def in_percent(standing: Standing) -> str:
    """The percentile of a score; a dash where it was held against nothing."""
    return f"{standing.percentile:.0f}" if standing.runs else "-"


def percentiles(runs: int, seconds: float | None) -> str:
    """What the percentile rests on."""
    if not runs and not seconds:
        return "It is held against no runs (--seconds 0)."
    if not runs:
        return f"No run could be made within {seconds or 0:g} s to hold it against: --seconds allows more."
    return f"The percentile is the share of {runs} runs decided by the rules that the score beats."
