"""What the names in a scenario's expressions and effects stand for.

One parser of dotted names serves the checker, the rules and the reference interpreter: it turns a
name into a :class:`Reference`, which each of them maps to its own storage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from engine.expressions import Kind, Symbol
from engine.scenario.limits import LONGEST_STORY
from engine.scenario.models import EVERYONE, Scenario
from engine.scenario.words.drafts import draft_value, signed_flag, signs_flag, spellings_of_texts
from engine.scenario.words.exchanges import MOST_WORTH, agreed_flag, part_flag, spellings, trust_value
from engine.scenario.words.pledges import pledge_of, spellings_of_threats, warned

SELF, TARGET, EACH = "self", "target", "each"
"""Actors known by their part: who acts, at whom it is directed, and (in group functions) each member."""

RESERVED = frozenset(
    {SELF, TARGET, EACH, EVERYONE, "flag", "position", "salience", "capability", "days_since", "day", "turn", "asked"}
    | {"knows", "coded"}
    | {"ending", "is", "in", "and", "or", "not", "if", "else", "True", "False", "None"}
    | {"true", "false", "lambda", "for", "from", "with", "as", "pass", "while", "def", "class", "return", "import"}
)
"""Words that no identifier of a scenario may be."""


class Reference(NamedTuple):
    """What a name stands for: a kind of thing, its identifier, and the actor it belongs to, if any.

    Kinds: ``issue value flag measure actor_flag position coded salience capability is in since_entry
    since_flag since_actor_flag day ending asked knows doubt``. ``who`` is an actor's id, ``self``, ``target`` or
    ``each``. For ``is`` and ``in``, ``id`` is the actor or group asked about; for ``knows``, the name of what is known.
    Named tuples, since they are looked up in dictionaries all the time.
    """

    kind: str
    id: str = ""
    who: str = ""


def interval(low: float, high: float, kind: Kind, reference: Reference) -> Symbol:
    """A symbol for a reference whose value lies between two numbers."""
    return Symbol(kind, float(low), float(high), reference)


def yesno(reference: Reference) -> Symbol:
    """A symbol for a reference that is yes or no."""
    return Symbol(Kind.YESNO, 0.0, 1.0, reference)


def nothing() -> Mapping[str, Symbol]:
    """No measures yet."""
    return {}


@dataclass(frozen=True)
class ScenarioNames:
    """The names that an expression of this scenario may use, in one place of the scenario.

    ``scopes`` says which of ``self`` and ``target`` mean somebody there; ``measures`` holds those
    already known; ``endings`` whether ``ending.ID`` may be asked.
    """

    scenario: Scenario
    scopes: frozenset[str] = frozenset()
    measures: Mapping[str, Symbol] = field(default_factory=nothing)
    endings: bool = False

    def find(self, name: str) -> Symbol | None:
        """The symbol of a name, or None where nothing is called so here."""
        parts = name.split(".")
        if self.scenario.speaks and (found := self._find_spoken(parts)) is not None:
            return found
        match parts:
            case ["day"]:
                return interval(0, LONGEST_STORY, Kind.NUMBER, Reference("day"))
            case [word]:
                return self._find_bare(word)
            case ["flag", flag] if flag in self.scenario.flags:
                return yesno(Reference("flag", flag))
            case ["ending", ending] if self.endings and any(e.id == ending for e in self.scenario.endings):
                return yesno(Reference("ending", ending))
            case ["days_since", *rest]:
                return self._find_since(rest)
            case [("self" | "target") as scope, *rest]:
                return self._find_scoped(scope, rest) if scope in self.scopes else None
            case ["asked", ask, actor] if ask in self.scenario.asks and actor in self.scenario.members(
                self.scenario.asks[ask].to
            ):
                return yesno(Reference("asked", ask, actor))
            case ["position" | "coded" | "salience" | "capability" | "knows" as thing, actor, *rest] if self._is_actor(
                actor
            ):
                return self._of_actor(actor, [thing, *rest])
            case [flag, actor] if flag in self.scenario.actor_flags and self._is_actor(actor):
                return yesno(Reference("actor_flag", flag, actor))
        return None

    def find_member(self, name: str) -> Symbol | None:
        """The symbol of something that each actor of a group has."""
        return self._of_actor(EACH, name.split("."))

    def find_group(self, name: str) -> tuple[str, ...] | None:
        """The actors of a group, in the order of the scenario."""
        return self.scenario.members((name,)) if name in self.scenario.groups or name == EVERYONE else None

    def gone(self, name: str) -> str | None:
        """What is written instead of ``turn``, which would let the length of a turn into a run."""
        if name != "turn":
            return None
        days = f"{self.scenario.step:g}"
        return f"write day, the days since the start (turn >= 4 was day >= 4 * {days}), or let brink upgrade do so"

    def known(self) -> Iterable[str]:
        """Names worth suggesting."""
        return self._known

    def known_members(self) -> Iterable[str]:
        """What each actor has."""
        yield from self.scenario.actor_flags
        yield from (f"position.{issue}" for issue in self.scenario.issues)
        yield from (f"coded.{issue}" for issue in self.scenario.issues)
        yield from (f"salience.{issue}" for issue in self.scenario.issues)
        yield from (f"knows.{name}" for name in self.scenario.secrets if name not in self.scenario.actor_flags)
        yield from (f"asked.{ask}" for ask in self.scenario.asks)
        yield "capability"

    def known_groups(self) -> Iterable[str]:
        """Groups of actors."""
        return [*self.scenario.groups, EVERYONE]

    @cached_property
    def _secrets(self) -> tuple[str, ...]:
        """What somebody may not know, by the names that ``knows`` has for it."""
        s = self.scenario
        held = [f"{name}.{actor}" for name in s.secrets if name in s.actor_flags for actor in s.actors]
        return (*(name for name in s.secrets if name not in s.actor_flags), *held)

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple(self._spell_known())

    def _spell_known(self) -> Iterator[str]:
        s = self.scenario
        yield from (*s.issues, *s.values, *self.measures, *s.flags, "day")
        yield from (f"flag.{flag}" for flag in s.flags)
        yield from (f"days_since.{name}" for name in (*s.calendar, *s.flags))
        for scope in sorted(self.scopes):
            yield from (f"{scope}.{member}" for member in self.known_members())
            yield from (f"{scope}.is.{actor}" for actor in s.actors)
            yield from (f"{scope}.in.{group}" for group in s.groups)
        for actor in s.actors:
            yield from (f"{flag}.{actor}" for flag in s.actor_flags)
            yield from (f"position.{actor}.{issue}" for issue in s.issues)
            yield from (f"coded.{actor}.{issue}" for issue in s.issues)
            yield from (f"knows.{actor}.{thing}" for thing in self._secrets)
        yield from (f"asked.{name}.{actor}" for name, ask in s.asks.items() for actor in s.members(ask.to))
        yield from sorted(self._words)
        if self.endings:
            yield from (f"ending.{ending.id}" for ending in s.endings)

    def _is_actor(self, word: str) -> bool:
        return word in self.scenario.actors

    def _find_bare(self, word: str) -> Symbol | None:
        s = self.scenario
        if word in s.issues:
            return interval(*scale_of(s, word), Kind.NUMBER, Reference("issue", word))
        if word in s.values:
            return interval(*s.values[word].range, Kind.NUMBER, Reference("value", word))
        if word in s.flags:
            return yesno(Reference("flag", word))
        return self.measures.get(word)

    def _find_since(self, parts: list[str]) -> Symbol | None:
        match parts:
            case [name] if name in self.scenario.calendar:
                return interval(-LONGEST_STORY, LONGEST_STORY, Kind.NUMBER, Reference("since_entry", name))
            case [name] if name in self.scenario.flags:
                return interval(-1, LONGEST_STORY, Kind.NUMBER, Reference("since_flag", name))
            case [name, who] if name in self.scenario.actor_flags and (self._is_actor(who) or who in self.scopes):
                return interval(-1, LONGEST_STORY, Kind.NUMBER, Reference("since_actor_flag", name, who))
        return None

    def _find_scoped(self, scope: str, parts: list[str]) -> Symbol | None:
        match parts:
            case ["is", actor] if self._is_actor(actor):
                return yesno(Reference("is", actor, scope))
            case ["in", group] if group in self.scenario.groups:
                return yesno(Reference("in", group, scope))
        return self._of_actor(scope, parts)

    def _of_actor(self, who: str, parts: list[str]) -> Symbol | None:
        match parts:
            case ["position", issue] if issue in self.scenario.issues:
                return interval(*scale_of(self.scenario, issue), Kind.NUMBER, Reference("position", issue, who))
            case ["coded", issue] if issue in self.scenario.issues:
                return interval(*scale_of(self.scenario, issue), Kind.NUMBER, Reference("coded", issue, who))
            case ["knows", *thing] if (found := self._find_thing(who, thing)) is not None:
                return yesno(Reference("knows", found, who))
            case ["salience", issue] if issue in self.scenario.issues:
                return interval(0, 1, Kind.NUMBER, Reference("salience", issue, who))
            case ["asked", ask] if ask in self.scenario.asks:
                return yesno(Reference("asked", ask, who))
            case ["capability"]:
                return interval(0, 1, Kind.NUMBER, Reference("capability", "", who))
            case [flag] if flag in self.scenario.actor_flags:
                return yesno(Reference("actor_flag", flag, who))
        return None

    def _find_spoken(self, parts: list[str]) -> Symbol | None:
        """What is said of words between sides."""
        match parts:
            case ["signing", text] if text in self.scenario.texts and SELF in self.scopes:
                return interval(-MOST_WORTH, MOST_WORTH, Kind.NUMBER, Reference("signing", text, SELF))
            case ["signed", text] if text in self.scenario.texts:
                return yesno(Reference("flag", signed_flag(text)))
            case ["possible", name] if (pledge := pledge_of(self.scenario, name)) is not None:
                return yesno(Reference("possible", name, pledge.by))
            case [word, first, second]:
                return self._find_word(word, first, second)
        return None

    def _find_word(self, word: str, first: str, second: str) -> Symbol | None:
        """What is said of two sides, two undertakings, or a text and one of its terms or parties."""
        s = self.scenario
        match word:
            case "dread" | "threat" if self._is_actor(first) and any(each.pair == second for each in warned(s)):
                return interval(-MOST_WORTH, MOST_WORTH, Kind.NUMBER, Reference(word, second, first))
            case "amends_up" | "amends_down" if self._is_term(first, second) and SELF in self.scopes:
                return interval(-MOST_WORTH, MOST_WORTH, Kind.NUMBER, Reference(word, f"{first}.{second}", SELF))
            case "draft" if self._is_term(first, second):
                return interval(*scale_of(s, second), Kind.NUMBER, Reference("value", draft_value(first, second)))
            case "signs" if self._is_of_words(f"signs.{first}.{second}"):
                return yesno(Reference("actor_flag", signs_flag(first), second))
            case "worth" | "seen" if self._is_actor(first) and second in s.undertakings:
                return interval(-MOST_WORTH, MOST_WORTH, Kind.NUMBER, Reference(word, second, first))
            case "trust" if self._is_of_words(f"trust.{first}.{second}"):
                return interval(0, 1, Kind.NUMBER, Reference("value", trust_value(first, second)))
            case "agreed" if self._is_of_words(f"agreed.{first}.{second}"):
                return yesno(Reference("flag", agreed_flag(first, second)))
            case "agreed" if self._is_of_words(f"agreed.{second}.{first}"):
                return yesno(Reference("flag", agreed_flag(second, first)))
            case "bound" | "kept" | "broken" if self._is_of_words(f"{word}.{first}.{second}"):
                return yesno(Reference("flag", part_flag(word, first, second)))
            case "warned" | "defied" | "carried_out" | "bluffed" if self._is_of_words(f"{word}.{first}.{second}"):
                return yesno(Reference("flag", f"{word}_{first}_to_{second}"))
        return None

    def _is_term(self, text: str, issue: str) -> bool:
        """Whether a text says something of an issue."""
        texts = self.scenario.texts
        return text in texts and issue in texts[text].terms and issue in self.scenario.issues

    def _is_of_words(self, name: str) -> bool:
        """Whether something is said of the words that sides may give each other."""
        return name in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        spelled = (spellings, spellings_of_threats, spellings_of_texts)
        return frozenset(name for some in spelled for name in some(self.scenario))

    def _find_thing(self, knower: str, parts: list[str]) -> str | None:
        """What may be known or not, by its one name; None where there is no such thing.

        ``self`` and ``target`` may hold it where one of them is asked about.
        """
        s = self.scenario
        holders = {*s.actors, *(self.scopes if knower in self.scopes else ())}
        match parts:
            case [name] | ["flag", name] if name in s.flags:
                return name
            case [name] if name in s.values:
                return name
            case [name, who] if name in s.actor_flags and who in holders:
                return f"{name}.{who}"
            case ["position", who, issue] if issue in s.issues and who in holders:
                return f"position.{who}.{issue}"
        return None


def thing_of(place: Reference) -> str:
    """The name by which something of the state is known, or not."""
    match place.kind:
        case "actor_flag":
            return f"{place.id}.{place.who}"
        case "position":
            return f"position.{place.who}.{place.id}"
    return place.id


def place_of(scenario: Scenario, thing: str) -> Reference:
    """What is known, or not, under a name."""
    match thing.split("."):
        case ["position", who, issue]:
            return Reference("position", issue, who)
        case [name, who]:
            return Reference("actor_flag", name, who)
    return Reference("flag" if thing in scenario.flags else "value", thing)


def coded_position(scenario: Scenario, actor: str, issue: str) -> float:
    """Where an actor stands by what was coded, before any doubt is drawn; where the issue starts without a stance.

    A number that may be in doubt itself, which is known to all.
    """
    stance = scenario.actors[actor].stances.get(issue)
    return scenario.issues[issue].start if stance is None else stance.position


def concrete(thing: str, parts: Mapping[str, str | None]) -> str:
    """The name of a thing, with the actors that ``self`` and ``target`` mean put in their places."""
    return ".".join(parts.get(word) or word for word in thing.split("."))


def scale_of(scenario: Scenario, issue: str) -> tuple[float, float]:
    """The ends of an issue's scale."""
    points = scenario.issues[issue].scale
    return min(points), max(points)


@dataclass(frozen=True, slots=True)
class Places:
    """Where an effect lands: one or more references, and whether they are yes/no."""

    references: tuple[Reference, ...]
    kind: Kind


def find_places(scenario: Scenario, scopes: frozenset[str], name: str) -> Places | None:
    """The places that a key of ``add`` or ``set`` names, or None where there is none."""
    s = scenario
    match name.split("."):
        case [word] if word in s.issues:
            return Places((Reference("issue", word),), Kind.NUMBER)
        case [word] if word in s.values:
            return Places((Reference("value", word),), Kind.NUMBER)
        case [flag] | ["flag", flag] if flag in s.flags:
            return Places((Reference("flag", flag),), Kind.YESNO)
        case [("self" | "target") as scope, flag] if scope in scopes and flag in s.actor_flags:
            return Places((Reference("actor_flag", flag, scope),), Kind.YESNO)
        case [("self" | "target") as scope, "position", issue] if scope in scopes and issue in s.issues:
            return Places((Reference("position", issue, scope),), Kind.NUMBER)
        case ["position", who, issue] if issue in s.issues and (actors := named_actors(s, who)):
            return Places(tuple(Reference("position", issue, actor) for actor in actors), Kind.NUMBER)
        case [flag, who] if flag in s.actor_flags and (actors := named_actors(s, who)):
            return Places(tuple(Reference("actor_flag", flag, actor) for actor in actors), Kind.YESNO)
    return None


def known_places(scenario: Scenario, scopes: frozenset[str]) -> Iterator[str]:
    """Places worth suggesting."""
    s = scenario
    yield from (*s.issues, *s.values, *s.flags)
    owners = [*sorted(scopes), *s.groups, *s.actors]
    yield from (f"{owner}.{flag}" for owner in sorted(scopes) for flag in s.actor_flags)
    yield from (f"{owner}.position.{issue}" for owner in sorted(scopes) for issue in s.issues)
    yield from (f"{flag}.{owner}" for owner in owners for flag in s.actor_flags if owner not in scopes)
    yield from (f"position.{owner}.{issue}" for owner in owners for issue in s.issues if owner not in scopes)


def named_actors(scenario: Scenario, who: str) -> tuple[str, ...]:
    """The actors that one word stands for: an actor, a group, or everyone."""
    if who in scenario.actors:
        return (who,)
    return scenario.members((who,)) if who in scenario.groups or who == EVERYONE else ()


def whom(scenario: Scenario, ask: str, of: tuple[str, ...] | None) -> tuple[str, ...]:
    """Whom an effect asks: actors, and ``self`` or ``target`` where it says so; all whom it may ask by default."""
    to = scenario.members(scenario.asks[ask].to)
    if of is None:
        return to
    parts = tuple(word for word in (SELF, TARGET) if word in of)
    return (*parts, *(actor for actor in scenario.members(of) if actor in to))
