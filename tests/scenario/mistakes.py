"""Seeded mistakes: the bundled scenarios, each broken in one place, as an author breaks them; is it found, and where?

``python -m tests.scenario.mistakes`` prints the table.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from engine.expressions import FUNCTIONS
from engine.scenario.document import PLAIN, Document, Node, Path
from engine.scenario.load import check_document, check_scenario, list_scenarios
from engine.scenario.places import find_scenario
from engine.scenario.problems import Problem, Problems
from engine.scenario.reader import parse_document

EACH_WAY = 5
"""How many mistakes are made in each way, shared among the scenarios."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Mistake:
    """A broken text, and what should be found first."""

    text: str
    code: str
    place: Place
    is_syntax: bool = False
    """Whether YAML can't go on: then the line counts, and a column from the mistake on."""

    def is_told_by(self, problem: Problem) -> bool:
        """Whether a finding is this mistake at its place."""
        if problem.code != self.code or problem.line != self.place[0]:
            return False
        return problem.column >= self.place[1] if self.is_syntax else problem.column == self.place[1]


class Original:
    """A scenario that is whole, with the place of everything in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = find_scenario(name).file.read_text(encoding="utf-8")
        report = check_scenario(name)
        document = parse_document(self.text, Problems(name))
        assert report.scenario is not None
        assert document is not None
        self.findings, self.scenario, self.sources = report.problems, report.scenario, report.sources
        self.document: Document = document
        self.nodes = list(below(document.root))
        self.lines = self.text.split("\n")
        self._begins = list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def offset(self, place: Place) -> int:
        """Where a line and column lie in the text."""
        return self._begins[place[0] - 1] + place[1] - 1

    def edited(self, place: Place, old: str, new: str) -> str:
        """The text with some characters exchanged."""
        at = self.offset(place)
        assert self.text.startswith(old, at), (place, old)
        return self.text[:at] + new + self.text[at + len(old) :]

    def without_line(self, line: int) -> str:
        """The text without one line."""
        return "\n".join(self.lines[: line - 1] + self.lines[line:])

    def check(self, text: str) -> Problem | None:
        """The first finding in a broken text."""
        problems = Problems(self.name, coded=True)
        found = check_document(parse_document(text, problems), self.sources, problems).problems
        return found[0] if found else None


def below(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node, Place]]:
    """Every value below a node, with its path and the place of its key (or its own)."""
    for key, part in node.parts.items():
        yield (*path, key), part, node.keys.get(key, part.position)
        yield from below(part, (*path, key))


def misspelt(word: str) -> str:
    """The word with a letter doubled in its middle."""
    middle = len(word) // 2
    return word[:middle] + word[middle - 1] + word[middle:]


def matching(original: Original, pattern: str) -> Iterator[tuple[Path, Node, Place]]:
    """The values whose dotted path matches."""
    wanted = re.compile(pattern)
    return (found for found in original.nodes if wanted.fullmatch(".".join(map(str, found[0]))))


def replacing(pattern: str, new: Callable[[Node], str | None], code: str) -> Callable[[Original], Iterator[Mistake]]:
    """Mistakes that exchange a value for another; None leaves it."""

    def make(original: Original) -> Iterator[Mistake]:
        for _, node, _ in matching(original, pattern):
            written = new(node) if node.written else None
            if written is not None:
                yield Mistake(original.edited(node.position, node.written, written), code, node.position)

    return make


def stances_on_nothing(original: Original) -> Iterator[Mistake]:
    """An actor has a stance on a misspelt issue."""
    for path, _, place in matching(original, r"actors\.\w+\.stances\.\w+"):
        yield Mistake(original.edited(place, str(path[-1]), misspelt(str(path[-1]))), "E203", place)


def misspelt_names(original: Original) -> Iterator[Mistake]:
    """A condition asks for a misspelt flag."""
    for path, node, _ in matching(original, r"(actions|events)\.\w+\.(when|needs\..*)"):
        match = re.search(r"[a-z_]{5,}(?![\w.(])", node.written)
        if match and match[0] in original.scenario.flags and node.content:
            place = original.document.locate_within(path, str(node.content).index(match[0]))
            if not node.written[: match.start()].endswith("."):
                yield Mistake(original.edited(place, match[0], misspelt(match[0])), "E203", place)


def unknown_functions(original: Original) -> Iterator[Mistake]:
    """An expression calls a function by a wrong name."""
    for path, node, _ in original.nodes:
        match = re.match(r".*?\b(\w+)\(", node.content) if isinstance(node.content, str) and node.written else None
        if match and match[1] in FUNCTIONS and path[-1] in EXPRESSIONS:
            place = original.document.locate_within(path, match.start(1))
            yield Mistake(original.edited(place, match[1], misspelt(match[1]) + "s"), "E205", place)


def late_days(original: Original) -> Iterator[Mistake]:
    """A calendar entry has the wrong year."""
    for _, node, _ in matching(original, r"calendar\.\w+\.on"):
        late = f"{original.scenario.end.year + 1}{node.written[4:]}"
        yield Mistake(original.edited(node.position, node.written, late), "E405", node.position)


def keys_twice(original: Original) -> Iterator[Mistake]:
    """A line is there twice."""
    for _, _, (line, column) in matching(original, r"(actors|actions|events)\.\w+\.title"):
        whole = original.lines[line - 1]
        if whole.lstrip().startswith("title:") and column == len(whole) - len(whole.lstrip()) + 1:
            text = "\n".join([*original.lines[:line], whole, *original.lines[line:]])
            yield Mistake(text, "E008", (line + 1, column))


def misquotes(original: Original) -> Iterator[Mistake]:
    """A word of a quote is another one."""
    for path, node, _ in matching(original, r".*\.evidence\.\d+\.quote"):
        words = node.written.split(" ")
        if len(words) > 4 and words[2].isalpha():
            changed = " ".join([*words[:2], "certainly", *words[3:]])
            yield Mistake(original.edited(node.position, node.written, changed), "E702", original.document.locate(path))


def unknown_placeholders(original: Original) -> Iterator[Mistake]:
    """A dispatch has a misspelt placeholder."""
    for path, node, _ in matching(original, r"(actions|events)\.\w+\..*(dispatch|passed|failed)(\.\d+)?"):
        match = re.search(r"\{(\w+)\}", node.written)
        if match:
            place = (node.position[0], node.position[1] + match.start(1))
            yield Mistake(
                original.edited(place, match[1], f"{match[1]}s"), "E802", original.document.locate(path)
            )  # the place of a placeholder is that of its text


def missing_commas(original: Original) -> Iterator[Mistake]:
    """Two keys in braces have no comma between them."""
    for line, whole in enumerate(original.lines, 1):
        match = re.match(r"\s*(?:-|\w+:) \{\w+: [\w.-]+(, )\w+: ", whole)
        if match:
            place = (line, match.start(1) + 1)
            yield Mistake(original.edited(place, ", ", " "), "E005", place, is_syntax=True)


def indented_wrongly(original: Original, by: str) -> Iterator[Mistake]:
    """The second key of a record stands too far left, or after a tab."""
    for _, node, _ in matching(original, r"(actors|actions|events)\.\w+"):
        keys = list(node.keys.values())
        if len(keys) > 1 and keys[1][0] > keys[0][0]:
            line = keys[1][0]
            changed = by + original.lines[line - 1].lstrip()
            text = "\n".join([*original.lines[: line - 1], changed, *original.lines[line:]])
            yield Mistake(text, "E005", (line, 1), is_syntax=True)


def missing_tempo(original: Original) -> Iterator[Mistake]:
    """An action has no tempo."""
    for path, _, (line, _) in matching(original, r"actions\.\w+\.tempo"):
        if original.lines[line - 1].lstrip().startswith("tempo:"):
            yield Mistake(original.without_line(line), "E102", original.document.locate(path[:2], key=True))


def removed_flags(original: Original) -> Iterator[Mistake]:
    """The definition of a flag has gone; it is missed where it is first named."""
    for path, _, (line, _) in matching(original, r"flags\.\w+"):
        named = list(namings(original, str(path[-1])))
        if named and original.lines[line - 1].lstrip().startswith(f"{path[-1]}:"):
            first = min(named)
            yield Mistake(original.without_line(line), "E203", (first[0] - (first[0] > line), first[1]))


def namings(original: Original, flag: str) -> Iterator[Place]:
    """Where expressions, effects and secrets name a flag."""
    word = re.compile(rf"(?<![\w.])(flag\.|days_since\.)?{flag}\b(?!\.)")
    for path, node, key in original.nodes:
        if path[-1] in (flag, f"flag.{flag}") and path[-2:-1] in (("set",), ("secrets",), ("reveal",)):
            yield key
        if isinstance(node.content, str) and (
            path[-1] in EXPRESSIONS or path[-2:-1] in (("needs",), ("add",), ("set",), ("per_week",))
        ):
            match = word.search(node.content)
            if match:
                yield original.document.locate_within(path, match.start())


def vetoes_without_seat(original: Original) -> Iterator[Mistake]:
    """A veto is given to an actor who does not sit there."""
    for path, node, _ in matching(original, r"institutions\.\w+\.pass\.veto\.\d+"):
        members = {seat.actor for seat in original.scenario.institutions[str(path[1])].seats}
        outsider = next(actor for actor in original.scenario.actors if actor not in members)
        yield Mistake(original.edited(node.position, node.written, outsider), "E203", node.position)


def impossible_majorities(original: Original) -> Iterator[Mistake]:
    """More votes are asked for than there can be."""
    for _, node, key in matching(original, r"institutions\.\w+\.pass\.(yes|quota)"):
        for zeros in ("00", "000", "0000"):
            yield Mistake(original.edited(node.position, node.written, node.written + zeros), "E501", key)


def endings_out_of_order(original: Original) -> Iterator[Mistake]:
    """The ending without a condition stands before another."""
    starts = [node.position[0] for _, node, _ in matching(original, r"endings\.\d+")]
    after = starts[-1]
    while after < len(original.lines) and original.lines[after].startswith("    "):
        after += 1
    moved = original.lines[starts[-1] - 1 : after]
    column = original.document.locate(("endings", len(starts) - 1))[1]
    for start in starts[:-1]:
        rest = original.lines[start - 1 : starts[-1] - 1]
        lines = [*original.lines[: start - 1], *moved, *rest, *original.lines[after:]]
        yield Mistake("\n".join(lines), "E206", (start, column))


def plainly(node: Node) -> bool:
    """Whether a value is a plain scalar."""
    return node.style == PLAIN and bool(node.written)


EXPRESSIONS = ("when", "cost", "appeal", "lean", "chance", "chance_per_week", "weight", "value", "given", "never")
"""Keys whose values are expressions."""

WAYS: dict[str, Callable[[Original], Iterator[Mistake]]] = {
    "misspelt issue": stances_on_nothing,
    "misspelt actor in a group": replacing(r"groups\.\w+\.\d+", lambda node: misspelt(node.written), "E203"),
    "misspelt name in a condition": misspelt_names,
    "word for a number": replacing(r"actors\.\w+\.stances\.\w+\.position", lambda _: "high", "E103"),
    "position off the scale": replacing(r"actors\.\w+\.stances\.\w+\.position", lambda _: "1000", "E402"),
    "day out of the calendar": late_days,
    "duplicate key": keys_twice,
    "misquote": misquotes,
    "unknown placeholder": unknown_placeholders,
    "missing comma": missing_commas,
    "missing space of indentation": lambda original: indented_wrongly(original, " " * 3),
    "tab for indentation": lambda original: indented_wrongly(original, "\t"),
    "wrong unit": replacing(r"actions\.\w+\.tempo", lambda node: node.written + "eeks", "E106"),
    "unknown function": unknown_functions,
    "missing key": missing_tempo,
    "removed flag": removed_flags,
    "seat of an unknown actor": replacing(
        r"institutions\.\w+\.seats\.\d+\.actor", lambda node: misspelt(node.written), "E203"
    ),
    "veto without a seat": vetoes_without_seat,
    "majority that can't be": impossible_majorities,
    "salience above 1": replacing(r"actors\.\w+\.stances\.\w+\.salience", lambda _: "1.2", "E104"),
    "number as text": replacing(
        r"actors\.\w+\.capability", lambda node: f'"{node.written}"' if plainly(node) else None, "E103"
    ),
    "endings out of order": endings_out_of_order,
}
"""Each way to break a scenario, which lists all such mistakes that can be made in it."""


def spread_over(mistakes: list[Mistake], number: int) -> list[Mistake]:
    """So many of them, evenly from first to last."""
    return [mistakes[index * len(mistakes) // number] for index in range(number)] if mistakes else []


@dataclass(frozen=True)
class Trial:
    """A mistake that was made, and what was found first."""

    way: str
    scenario: str
    mistake: Mistake
    found: Problem | None

    @property
    def is_found(self) -> bool:
        """Whether the first finding is the mistake."""
        return self.found is not None and self.mistake.is_told_by(self.found)


def shares(number: int, among: int) -> list[int]:
    """A number shared out as evenly as can be."""
    return [number // among + (index < number % among) for index in range(among)]


def trials(originals: list[Original], each_way: int = EACH_WAY) -> Iterator[Trial]:
    """Each way tried some times, shared among the scenarios in which it can be."""
    for way, make in WAYS.items():
        possible = [(original, made) for original in originals if (made := list(make(original)))]
        for (original, made), number in zip(possible, shares(each_way, max(1, len(possible))), strict=True):
            for mistake in spread_over(made, number):
                yield Trial(way, original.name, mistake, original.check(mistake.text))


def main() -> int:
    """Prints the table, and each mistake that was not found at its place."""
    originals = [Original(name) for name in list_scenarios()]
    made = list(trials(originals))
    print(f"{'':<32}{'made':>6}{'found':>7}")
    for way in WAYS:
        of_way = [trial for trial in made if trial.way == way]
        print(f"{way:<32}{len(of_way):>6}{sum(trial.is_found for trial in of_way):>7}")
    print(f"{'all':<32}{len(made):>6}{sum(trial.is_found for trial in made):>7}")
    for original in originals:
        print(f"{original.name} as it is: {len(original.findings) or 'no'} findings")
    for trial in made:
        if not trial.is_found:
            line, column = trial.mistake.place
            print(f"{trial.way}, {trial.scenario}:{line}:{column}: {trial.mistake.code} expected, found {trial.found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
