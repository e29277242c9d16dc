"""Writing to others: whom, what they would give, what you give; a warning, an amendment, a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.budget import WORDS_A_TURN, words_in
from engine.play.facts.parley import Amendment, Offer, Sayable, Signature, Warn, record_of, temperature, trust_between
from engine.play.facts.words import OnTheTable, texts_on_the_table
from engine.words import _, ngettext
from tui.glyphs import Glyphs
from tui.lines.actions import CHANGE, choice_sign, outlook_lines
from tui.lines.cells import BAD, GOOD, QUIET, fit, plain, row, stack
from tui.lines.letters import worth_in_words
from tui.lines.odds import score_change

if TYPE_CHECKING:
    from tui.match import Match

TAKEN = 14
"""Cells that say how likely an offer is taken."""


@dataclass(frozen=True)
class Line:
    """A line of the composer: either a word that may be said, or what leads on."""

    name: str
    words: tuple[Sayable, ...]
    """What stands behind it; one where it is a word itself."""
    title: str
    is_word: bool
    above: str = ""
    """What stands in a line of its own above it."""


def addressees(match: Match) -> list[Line]:
    """To whom something may be said, each with all that may be; then the texts on the table."""
    found: dict[str, list[Sayable]] = {}
    for word in match.words:
        if isinstance(word.speech, (Amendment, Signature)):
            found.setdefault(f"text:{word.speech.text}", []).append(word)
        else:
            found.setdefault(f"to:{word.to[0]}", []).append(word)
    lines = [Line(name, tuple(words), title_of(match, name), False) for name, words in found.items()]
    return sorted(lines, key=lambda line: line.name.startswith("text:"))


def title_of(match: Match, name: str) -> str:
    """What a line is called behind which words to a side, or about a text, stand."""
    kind, _colon, what = name.partition(":")
    if kind == "to":
        return match.scenario.actors[what].title
    title = match.scenario.texts[what].title
    return title[:1].upper() + title[1:]


def sayings(line: Line) -> list[Line]:
    """What may be said to a side, or about a text: by what is asked of the other, then warnings and the rest."""
    found: dict[str, list[Sayable]] = {}
    for word in line.words:
        wanted = word.speech.wants.undertaking.title if isinstance(word.speech, Offer) else ""
        found.setdefault(f"want:{wanted}" if wanted else str(word.option), []).append(word)
    lines = []
    for name, words in found.items():
        speech = words[0].speech
        if isinstance(speech, Offer) and len(words) > 1:
            lines.append(
                Line(name, tuple(words), _("Ask it {wanted}").format(wanted=speech.wants.undertaking.title), False)
            )
        else:
            lines.append(leaf(words[0], is_whole=True))
    return possible_first(lines)


def possible_first(lines: Sequence[Line]) -> list[Line]:
    """What may be said now above what may not."""
    return sorted(lines, key=lambda line: not any(word.explained.legal for word in line.words))


def ways(line: Line) -> list[Line]:
    """What may be given for what is asked."""
    return possible_first([leaf(word, is_whole=False) for word in line.words])


def leaf(word: Sayable, is_whole: bool) -> Line:
    """A word that may be said; ``is_whole`` where the line has to say what is asked for as well."""
    speech, scenario = word.speech, word.game.rules.scenario
    match speech:
        case Offer(gives=gives, wants=wants):
            above = _("Ask it {wanted}").format(wanted=wants.undertaking.title) if is_whole else ""
            title = _("you undertake {given}").format(given=gives.undertaking.title)
            return Line(str(word.option), (word,), title, True, above)
        case Warn(threat=warned):
            title = _("Warn it: {what}").format(what=warned.threat.title)
        case Amendment(issue=issue, sign=sign):
            scale = scenario.issues[issue].scale
            towards = scale[max(scale) if sign == "up" else min(scale)]
            title = _("{issue}: towards {towards}").format(issue=scenario.issues[issue].title, towards=towards)
        case Signature():
            title = _("Sign it as it stands")
    return Line(str(word.option), (word,), title, True)


def spoken_lines(match: Match) -> list[Line]:
    """Everything that may be said, possible or not, by whom it is said to."""
    return [leaf(word, is_whole=True) for whom in addressees(match) for word in whom.words]


def all_lines(match: Match, lines: Sequence[Line]) -> Iterator[Content]:
    """What may be said now by its number, below whom it is said to; of the rest only how much there is."""
    numbers = {line.name: number for number, line in enumerate(lines, 1)}
    for whom in addressees(match):
        about = standing_of(match, whom.name.removeprefix("to:")) if whom.name.startswith("to:") else ""
        yield row(plain(whom.title, "b"), plain(f"  {about}", QUIET))
        ready = [line for line in lines if line.words[0] in whom.words and line.words[0].explained.legal]
        for line in ready:
            yield _in_words(match, numbers[line.name], line)
        if len(ready) < len(whom.words):
            yield plain("   " + _("{n} more, not now").format(n=len(whom.words) - len(ready)), QUIET)
    yield plain(_("k NUMBER sends one with the turn, or keeps it back; k NUMBER? tells how it would be taken."), QUIET)


def _in_words(match: Match, number: int, line: Line) -> Content:
    word = line.words[0]
    title = "; ".join(filter(None, (line.above, line.title)))
    chosen = " (" + _("chosen") + ")" if word.option in match.plan else ""
    likely = taken(word.chance) if isinstance(word.speech, Offer) else Content("")
    tail = row(": ", likely) if likely.plain else Content("")
    return row(plain(f"{number:2} {title}{chosen}"), tail)


def head_lines(match: Match, trail: Sequence[Line]) -> Iterator[Content]:
    """Where the writer is, and what is known of whom it is written to."""
    assert match.viewer is not None
    said = words_in(match.session.rules, match.plan)
    left = ngettext("{n} word more today", "{n} words more today", WORDS_A_TURN - len(said))
    yield row(
        plain(_("To whom?") if not trail else trail[0].title, "b $primary"),
        plain("   " + left.format(n=WORDS_A_TURN - len(said)) + _("; words cost no move"), QUIET),
    )
    if trail and trail[0].name.startswith("to:"):
        yield plain(standing_of(match, trail[0].name.removeprefix("to:")), QUIET)
    if trail and trail[0].name.startswith("text:"):
        yield from (plain(text, QUIET) for text in text_lines(match, trail[0].name.removeprefix("text:")))
    if len(trail) > 1:
        yield plain(trail[1].title, "b")
        yield plain(_("What do you give for it?"), "$accent")


def standing_of(match: Match, whom: str) -> str:
    """How far two sides trust each other, and how the other has kept its word, as far as it is told."""
    own, game = match.viewer or "", match.seen
    parts = []
    for who, whose, text in (
        (own, whom, _("you trust its word {share}")),
        (whom, own, _("it trusts yours {share}")),
    ):
        trust = trust_between(game, who, whose)
        if trust is not None:
            parts.append(text.format(share=f"{trust:.0%}"))
    kept, broken = record_of(game, whom)
    if kept or broken:
        parts.append(_("words kept {kept}, broken {broken}").format(kept=kept, broken=broken))
    return "; ".join(parts)


def text_lines(match: Match, name: str) -> Iterator[str]:
    """How a draft goes, and who has signed it."""
    scenario = match.scenario
    text = next((t for t in texts_on_the_table(match.seen) if t.title == scenario.texts[name].title), None)
    if text is not None:
        yield from _draft(match, text)


def _draft(match: Match, text: OnTheTable) -> Iterator[str]:
    issues, actors = match.scenario.issues, match.scenario.actors
    yield ", ".join(f"{issues[issue].title} {place:g}" for issue, place in text.drafts.items())
    signed = ", ".join(actors[party].title for party in text.signs) or _("nobody")
    yield _("signed by {names}").format(names=signed)


def saying_line(match: Match, number: int, line: Line, width: int, glyphs: Glyphs) -> Content:
    """A line of the composer: its key, what it says; of a word how likely it is taken and what it changes."""
    key = Content.styled(f"{number} ", "b $primary")
    if line.above:
        head = row(key, fit(plain(line.above), width - 2, glyphs=glyphs))
        return stack([head, _saying(match, Content("  "), line, width, glyphs)])
    return _saying(match, key, line, width, glyphs)


def _saying(match: Match, key: Content, line: Line, width: int, glyphs: Glyphs) -> Content:
    if not line.is_word:
        ready = sum(word.explained.legal for word in line.words)
        many = ngettext("{n} way", "{n} ways", ready).format(n=ready) if ready else _("nothing now")
        tail = plain(f"  {many}", QUIET)
        space = max(8, width - 4 - tail.cell_length)
        return row(key, Content.styled(glyphs.folded, QUIET), " ", fit(plain(line.title), space, glyphs=glyphs), tail)
    word = line.words[0]
    if not word.explained.legal:
        lacks = plain("  " + _("not now"), QUIET)
        space = max(8, width - 4 - lacks.cell_length)
        return row(
            key, Content.styled(glyphs.barred, QUIET), " ", fit(plain(line.title, QUIET), space, glyphs=glyphs), lacks
        )
    change = fit(score_change(match.odds_of(word.option), glyphs), CHANGE)
    tail = row(" ", fit(taken(word.chance), TAKEN) if isinstance(word.speech, Offer) else " " * TAKEN, " ", change)
    space = max(8, width - 4 - tail.cell_length)
    sign = choice_sign(word.option in match.plan, glyphs)
    return row(key, sign, " ", fit(plain(line.title), space, glyphs=glyphs), tail)


def taken(chance: float | None) -> Content:
    """How likely an offer is taken, in two words; nothing where that is not told."""
    if chance is None:
        return Content("")
    for least, words, style in (
        (0.9, _("taken"), GOOD),
        (0.65, _("likely"), GOOD),
        (0.35, _("even"), ""),
        (0.1, _("unlikely"), QUIET),
        (0.0, _("hardly"), BAD),
    ):
        if chance >= least:
            return plain(f"{words} {chance:.0%}", style)
    return Content("")


def detail_lines(match: Match, line: Line, width: int, glyphs: Glyphs) -> Iterator[Content]:
    """What a word says, how it is taken, what it is worth, and where it leads."""
    if not line.is_word:
        yield plain(_("Enter or its number shows what may be said; Esc goes a step back."), QUIET)
        return
    word, scenario = line.words[0], match.scenario
    choice = scenario.choice(word.option.action)
    yield plain(choice.title, "b")
    if choice.summary:
        yield plain(choice.summary, QUIET)
    if word.explained.legal:
        yield from reception(word)
    else:
        yield plain(_("Not now. What does not hold:"), "$text-error")
        yield from (plain(f"- {words}") for words in word.explained.missing)
        return
    odds = match.odds_of(word.option)
    yield from outlook_lines(scenario, match.marks, odds, width, glyphs, _("the plan without it"), 3)


def reception(word: Sayable) -> Iterator[Content]:
    """What a word is worth to who says it and, of an offer, how it is likely received."""
    loose = temperature(word.game, word.by)
    if not isinstance(word.speech, Offer):
        yield row(_("By your own reckoning: "), worth_in_words(word.worth, loose), ".")
        return
    whom = word.game.rules.scenario.in_text(word.to[0])
    head = row(_("If it is taken: "), worth_in_words(word.worth, loose), ". ")
    if word.chance is None:
        yield row(head, plain(_("Whether {whom} takes it is for you to judge.").format(whom=whom), QUIET))
    else:
        likely = _("That {whom} takes it: {chance}.").format(whom=whom, chance=f"{word.chance:.0%}")
        yield row(head, plain(likely))
