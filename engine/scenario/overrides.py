"""A scenario with some of its values changed, each named by its dotted path as an author sees it in the file.

``actors.russia.stances.status.salience`` names one value. A group in the place of an actor
(``actors.eu_members.stances.status.salience``) names that value of each of its members who have it. Entries of lists
are named by their number, from 0, or by their ``id``. A key that has dots in it is written as it stands.

The new values are judged by the same models and the same checks as a file, but for what can come about and what is
used for nothing: an assumption that rules something out is a fair question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.scenario.answers import NOWHERE, Answer, clashes
from engine.scenario.checks.context import Context
from engine.scenario.checks.numbers import check_numbers
from engine.scenario.checks.words import check_words
from engine.scenario.document import Content, Document, Key, Node, Path, spelled
from engine.scenario.doubts import is_doubt, may_be_in_doubt
from engine.scenario.fields import SHARE_PARTS, in_days
from engine.scenario.models import EVERYONE, Scenario
from engine.scenario.noticing import with_notices, without_notices
from engine.scenario.problems import Problems, ScenarioError, listed, quoted
from engine.scenario.records import Record
from engine.scenario.shape import dotted, keys_of, validate
from engine.scenario.spelling import instead
from engine.scenario.words.spoken import OWN, generated, with_words, without_words
from engine.scenario.written import (
    as_written,
    element_of,
    is_duration,
    is_expression,
    is_number,
    is_share,
    is_text,
    is_whole,
    kind_of,
    record_of,
)

CHANGES = re.compile(r"([*+])\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
"""A value relative to the one that is there: ``*0.5``, ``+10``, ``+-10``."""

FIXED = re.compile(r"scenario_format|id|start|endings\.\d+\.id")
"""What can't be changed: by it scenarios, days and results are compared."""

APART = (
    re.compile(r"temperature"),
    re.compile(r"(issues|values)\.[^.]+\.start"),
    re.compile(r"(issues\.[^.]+\.)?loss(\.\w+)?"),
    re.compile(r"actors\.[^.]+\.(capability|temperature)"),
    re.compile(r"actors\.[^.]+\.stances\.[^.]+\.(position|salience|spread)"),
    re.compile(r"institutions\.[^.]+\.(threshold|temperature)"),
    re.compile(r"actions\.[^.]+\.(tempo|cooldown|once)"),
)
"""Values on which it does not depend whether names, expressions, dates and seats are right."""


@dataclass(frozen=True)
class Relative:
    """A value that follows from the one that is there: so many times it, or so much more."""

    sign: str
    """``*`` or ``+``."""
    amount: float

    def __str__(self) -> str:
        short = f"{self.amount:g}"
        return f"{self.sign}{short if float(short) == self.amount else repr(self.amount)}"


Setting = Content | Relative
"""A value for a path."""


class PathError(ValueError):
    """A path that names no value; says so in a sentence."""


Settings = Mapping[str, Setting] | Sequence[tuple[str, Setting]]
"""Values by path; pairs where two parts of a request may name one path, which is refused."""


def with_settings(scenario: Scenario, settings: Settings, asked_in: str = "settings") -> Scenario:
    """The scenario with these values at these paths, each of which is set once and becomes exactly what is asked.

    Raises :class:`~engine.scenario.problems.ScenarioError`; ``asked_in`` is what its messages call the file.
    """
    if not settings:
        return scenario
    scenario = without_words(without_notices(scenario))
    problems = Problems(asked_in)
    pairs = tuple(settings.items() if isinstance(settings, Mapping) else settings)
    for clash in clashes(answer for path, _ in pairs if (answer := answer_at(scenario, path)) is not None):
        problems.error(NOWHERE, clash.second.where, clash.message)
    if problems.errors:
        raise ScenarioError(problems.in_order())
    content: Any = as_written(scenario)
    changed: list[Path] = []
    for path, value in pairs:
        try:
            found = tuple(resolve(scenario, path))
            for place in found:
                put(content, place, value)
        except PathError as error:
            problems.error(NOWHERE, path, str(error))
        else:
            changed += (place.path for place in found)
    if problems.errors:
        raise ScenarioError(problems.in_order())
    document = Document(asked_in, Node(NOWHERE, content))
    changed_scenario = validate(Scenario, document, problems)
    if changed_scenario is not None and check_words(Context(changed_scenario, document, problems)):
        problems.unwritten, problems.alone = frozenset(generated(changed_scenario)), f".{OWN}"
        changed_scenario = with_words(changed_scenario)
        judge(Context(changed_scenario, document, problems), changed)
    errors = [problem for problem in problems.in_order() if problem.severity == "error"]
    if changed_scenario is None or errors:
        raise ScenarioError(errors, problems.left_out)
    return with_notices(changed_scenario)


def judge(context: Context, changed: Sequence[Path]) -> None:
    """Notes what does not fit any more, now that the values at these paths are others."""
    if all(any(apart.fullmatch(dotted(path)) for apart in APART) for path in changed):
        check_numbers(context)
    else:
        from engine.scenario.references import check_fit  # all checks, which few settings need

        check_fit(context)


def parse_setting(text: str) -> Setting:
    """The value that somebody typed: ``0.5``, ``true``, ``8w``, ``[us, uk]``, ``*0.5``, ``+10``; else plain text.

    Raises :class:`ValueError` with a sentence where it can't be read.
    """
    from engine.scenario.reader import parse_document  # and all of YAML, which few commands need

    relative = relative_to(text)
    if relative is not None:
        return relative
    problems = Problems("value")
    document = parse_document(text, problems)
    if document is not None and not problems.errors and not isinstance(document.content, dict):
        return document.content
    if problems.errors and not re.match(r"[\[{\"'&*!|>%@`]", text):
        return text
    raise ValueError(f"{quoted(text)} can't be read as a value")


def relative_to(text: object) -> Relative | None:
    """What ``*0.5`` or ``+10`` stands for; None for anything else."""
    match = CHANGES.fullmatch(text.strip()) if isinstance(text, str) else None
    return Relative(match[1], float(match[2])) if match else None


@dataclass(frozen=True)
class Found:
    """A value of a scenario: its path, the type it has to have, and what it is now."""

    path: Path
    kind: Any
    value: Any


def resolve(scenario: Scenario, path: str) -> Iterator[Found]:
    """The values that a path names: one, or one for each member of a group. Raises :class:`PathError`."""
    words = path.split(".")
    if "" in words:
        raise PathError("is no path: write names with single dots between them, such as issues.status.start")
    if len(words) > 1 and words[0] == "actors" and words[1] not in scenario.actors:
        members = tuple(scenario.actors) if words[1] == EVERYONE else scenario.groups.get(words[1], ())
        if members:
            yield from resolve_for_each(scenario, members, words[2:])
            return
    yield follow(scenario, words)


def answer_at(scenario: Scenario, path: str, **about: Any) -> Answer | None:
    """The values that a path names, as a part of a request says them; None where it names none."""
    try:
        leaves = tuple(found.path for found in resolve(scenario, path))
    except PathError:
        return None
    return Answer(leaves=leaves, rests_on=group_in(scenario, path), **{"said": path, "where": path, **about})


def group_in(scenario: Scenario, path: str) -> tuple[Path, ...]:
    """The list of members by which a path names its values, if it names a group."""
    words = path.split(".")
    is_group = words[0] == "actors" and len(words) > 1 and words[1] not in scenario.actors
    return (("groups", words[1]),) if is_group and words[1] in scenario.groups else ()


def resolve_for_each(scenario: Scenario, members: Sequence[str], words: Sequence[str]) -> Iterator[Found]:
    """The value of each actor who has it; PathError of the first where none has."""
    failed: PathError | None = None
    has_any = False
    for actor in dict.fromkeys(members):
        try:
            found = follow(scenario, ["actors", actor, *words])
        except PathError as error:
            failed = failed or error
        else:
            has_any = True
            yield found
    if failed is not None and not has_any:
        raise failed


def follow(scenario: Scenario, words: Sequence[str]) -> Found:
    """The one value to which these words lead. Raises :class:`PathError`."""
    path: Path = ()
    value: Any = scenario
    kind: Any = Scenario
    at = 0
    while at < len(words):
        key, used = key_for(value, words[at:], path)
        path, at = (*path, key), at + used
        kind, value = below(value, kind, key)
        record = record_of(kind)
        if value is None and record is not None and at < len(words):
            raise PathError(f"{dotted(path)} is not there, so nothing below it can be set")
    if FIXED.fullmatch(dotted(path)):
        raise PathError("can't be changed: by it results are compared")
    refuse_container(value, kind)
    return Found(path, kind, value)


def below(value: Any, kind: Any, key: Key) -> tuple[Any, Any]:
    """The type and the value of what stands under a key."""
    if isinstance(value, Record):
        return kind_of(type(value), str(key)), as_written(value).get(str(key))
    return element_of(kind), value[key]


def key_for(value: Any, words: Sequence[str], path: Path) -> tuple[Key, int]:
    """The key that the next words mean, and how many of them it takes. Raises :class:`PathError`."""
    known = keys_in(value)
    for used in range(len(words), 0, -1):
        word = ".".join(words[:used])
        if word in known:
            return known[word], used
    raise PathError(unknown_key(words[0], path, known))


def keys_in(value: Any) -> dict[str, Key]:
    """What may stand in a path below a value: keys by their spelling; entries of a list by number and by id."""
    if isinstance(value, Record):
        return {name: name for name in keys_of(type(value))}
    if isinstance(value, dict):
        return {f"{key:g}" if isinstance(key, float) else str(key): key for key in value}
    if isinstance(value, (list, tuple)):
        by_id = {entry.id: number for number, entry in enumerate(value) if hasattr(entry, "id")}
        return {**{str(number): number for number in range(len(value))}, **by_id}
    return {}


def unknown_key(word: str, path: Path, known: Mapping[str, Key]) -> str:
    """That there is no such key here, and the nearest one."""
    where = f"under {dotted(path)}" if path else "at the top of a scenario"
    if not known:
        return f"{dotted(path)} is a single value: nothing stands below it"
    return f"there is no {quoted(word)} {where}{instead(word, known)}"


def refuse_container(value: Any, kind: Any) -> None:
    """Raises :class:`PathError` where a path stops above the values; a number in doubt is one."""
    if isinstance(value, dict) and may_be_in_doubt(kind) and is_doubt(value):
        return
    holds_records = isinstance(value, list) and record_of(element_of(kind)) is not None
    is_missing = value is None and record_of(kind) is not None and not is_text(kind)
    if isinstance(value, (Record, dict)) or holds_records or is_missing:
        known = list(keys_in(value))
        what = f"names no single value: go on with {listed(known, last='or')}" if known else "names no single value"
        raise PathError(what)


def put(content: dict[str, Any], place: Found, value: Setting) -> None:
    """Writes a value at its place, opening up the records that it lies in. Raises :class:`PathError`."""
    holder: Any = content
    for key in place.path[:-1]:
        part = holder[key]
        holder[key] = opened(part)
        holder = holder[key]
    last = place.path[-1]
    now = holder.get(last) if isinstance(holder, dict) else holder[last]
    holder[last] = fitted(value, now, place.kind)


def opened(part: Any) -> Any:
    """A copy of a record, mapping or list, in which values can be exchanged."""
    if isinstance(part, Record):
        return as_written(part)
    return dict(part) if isinstance(part, dict) else list(part)


def fitted(value: Setting, now: Any, kind: Any) -> Any:
    """A value in the way in which its place is written: numbers of days as durations, whole numbers as such."""
    if isinstance(value, Relative):
        value = changed_by(value, now, kind)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if is_share(kind):
        return in_fractions(value)
    if is_duration(kind):
        return in_days(value)
    if is_whole(kind) and float(value).is_integer():
        return int(value)
    return float(value) if is_number(kind) else value


def in_fractions(share: float) -> float:
    """A share that stays what it is when it becomes a fraction. Raises :class:`PathError`."""
    exact = Fraction(str(share))
    kept = exact.limit_denominator(SHARE_PARTS)
    if kept != exact:
        raise PathError(f"{share:g} would become {kept}: write {kept}, or a share with fewer digits")
    return share


def changed_by(change: Relative, now: Any, kind: Any) -> Content:
    """What a value becomes by a change relative to it; of a number in doubt, its ends move with it."""
    if isinstance(now, dict):
        ends = [fitted(change, end, kind) for end in now["between"]]
        is_turned = change.sign == "*" and change.amount < 0
        listed_ones = {"among": [fitted(change, one, kind) for one in now["among"]]} if "among" in now else {}
        best = {"value": fitted(change, now["value"], kind), "between": ends[::-1] if is_turned else ends}
        return {**now, **best, **listed_ones}
    if is_duration(kind) and isinstance(now, str):
        now = float(now.removesuffix("d"))
    if isinstance(now, (int, float)) and not isinstance(now, bool):
        return now * change.amount if change.sign == "*" else now + change.amount
    if is_expression(kind) and isinstance(now, str):
        return f"({now}) {change.sign} ({change.amount!r})"
    raise PathError(f"{change} needs a number to start from, and here is {spelled(now)}")
