"""The pages of findings: for the terminal, and all of them together as the reference."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from engine.prose import capital
from engine.scenario.findings import FINDINGS, Finding
from engine.scenario.findings.finding import SUBJECTS, shown

WIDTH = 96
"""Columns of a page in the terminal."""

INTRODUCTION = """\
# What `brink check` finds

Each finding has a code that does not change: a letter for how grave it is (**E** error: the scenario can't be used;
**W** warning: an author should look at it; **I** hint: it may be meant so), a digit for what it is about, and a number.
`brink check --explain CODE` shows one page, `brink check --codes` lists them all.

An author accepts a warning, a hint or an error of E6 by a comment, on the line of the finding or on a line of its own
above, which says why:

```yaml
flags:
  hotline: "There is a hotline."  # ok: W622 for players only
```

What `brink dry-run` finds is accepted in the same way. `never` says why an action, an event, an outcome
or an ending never happens, or why a vote never passes or fails (at the vote's `pass` or `passed`, `fail` or `failed`);
`dead` says why an action that does its side no good is offered to it all the same:

```yaml
      # ok: never three permanent members are against it
      pass:
        - set: {condemned: true}
```

The examples are parts of a small scenario: what they leave out is there and right.
"""


def page_lines(finding: Finding, width: int = WIDTH) -> Iterator[str]:
    """One page, for a terminal of some columns."""
    yield f"{finding.code} ({finding.severity}): {finding.title}"
    for text in (finding.means, finding.matters):
        yield ""
        yield from textwrap.wrap(text, width)
    for head, example in (("Wrong", finding.wrong), ("Right", finding.right)):
        yield ""
        yield f"{head}{in_file(finding)}:"
        yield from (f"    {line}".rstrip() for line in shown(example).split("\n"))


def in_file(finding: Finding) -> str:
    """Where an example stands, where that is not the scenario itself."""
    return "" if finding.file == "scenario.yaml" else f", in {finding.file}"


def list_lines() -> Iterator[str]:
    """Every code with its title, subject by subject."""
    for digit, subject in SUBJECTS.items():
        yield f"{capital(subject)}:"
        yield from (f"  {code}  {finding.title}" for code, finding in of_subject(digit))


def of_subject(digit: str) -> list[tuple[str, Finding]]:
    """The findings about one subject, in the order of their numbers."""
    return sorted(
        ((code, finding) for code, finding in FINDINGS.items() if code[1] == digit), key=lambda pair: pair[0][1:]
    )


def reference() -> str:
    """All pages as one document in Markdown."""
    parts = [INTRODUCTION]
    for digit, subject in SUBJECTS.items():
        parts.append(f"## {capital(subject)}\n")
        parts += [in_markdown(finding) for _, finding in of_subject(digit)]
    return "\n".join(parts)


def in_markdown(finding: Finding) -> str:
    """One page in Markdown."""
    texts = "\n\n".join("\n".join(textwrap.wrap(text, 116)) for text in (finding.means, finding.matters))
    examples = "\n\n".join(
        f"{head}{in_file(finding)}:\n\n```yaml\n{shown(example)}\n```"
        for head, example in (("Wrong", finding.wrong), ("Right", finding.right))
    )
    return f"### {finding.code}: {finding.title}\n\n*{capital(finding.severity)}.* {texts}\n\n{examples}\n"
