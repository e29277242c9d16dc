"""One finding: its code, and what its page says."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scenario.problems import SEVERITIES, Severity, escaped

LONGEST_EXAMPLE = 16
"""Lines of an example that a page shows."""

SUBJECTS = {
    "0": "reading the file",
    "1": "the shape of the scenario",
    "2": "names",
    "3": "expressions and effects",
    "4": "numbers and dates",
    "5": "institutions",
    "6": "what can come about",
    "7": "sources",
    "8": "dispatches",
    "9": "limits and remarks",
}
"""What the first digit of a code says."""


@dataclass(frozen=True)
class Finding:
    """What a check may find, with a part of a scenario in which it does, and the same part mended.

    The examples are laid over a small scenario that is right: mappings are merged key by key, all else is replaced.
    """

    code: str
    title: str
    means: str
    """What is wrong, in general."""
    matters: str
    """Why it matters."""
    wrong: str
    right: str
    file: str = "scenario.yaml"
    """The file that the examples are of."""

    @property
    def severity(self) -> Severity:
        """How grave it is, which the first letter of the code says."""
        return SEVERITIES[self.code[0]]

    @property
    def subject(self) -> str:
        """What it is about, which the first digit of the code says."""
        return SUBJECTS[self.code[1]]


def shown(example: str) -> str:
    """An example as a page shows it: nothing in it that can't be seen, and cut where it is long."""
    lines = [escaped(line) for line in example.strip("\n").split("\n")]
    more = len(lines) - LONGEST_EXAMPLE
    if more > 0:
        lines[LONGEST_EXAMPLE:] = [f"# ... and {more} more lines"]
    return "\n".join(lines)
