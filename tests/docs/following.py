"""A page is followed as a reader does, from its first block to its last, in a folder of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from engine.cli import main as brink
from engine.cli import progress
from engine.scenario.places import BUNDLED
from tests.docs.merging import merged
from tests.docs.pages import TOP, Block, Exchange, blocks

COLUMNS = "96"
"""The width of what pages show."""

NEVER = 1e6
"""Seconds between lines that say how far a command is; a slow machine has no other pages than a fast one."""

KEPT = re.compile(r"kept: (?P<scenario>[\w-]+) as (?P<mark>\w+)")


def renewed(page: Path, folder: Path) -> str:
    """The text that a page should have, found by following it in an empty folder."""
    text = page.read_text(encoding="utf-8")
    surroundings = {"NO_COLOR": "1", "COLUMNS": COLUMNS, "BRINK_HOME": str(folder / ".home"), "TERM": "dumb"}
    with patch.dict(os.environ, surroundings), contextlib.chdir(folder), patch.object(progress, "EVERY", NEVER):
        bodies = [(block, followed(block)) for block in blocks(text)]
    for block, body in reversed(bodies):
        text = with_block(text, block, body)
    return text


def with_block(text: str, block: Block, body: str) -> str:
    """The text with another body in a block, and, where one is kept, with the mark of today."""
    text = text[: block.start] + body + text[block.end :]
    kept = KEPT.fullmatch(block.remark)
    if not kept:
        return text
    before, _, after = text[: block.start].rpartition(block.remark)
    return f"{before}kept: {kept['scenario']} as {mark_of(kept['scenario'], block)}{after}{text[block.start :]}"


def followed(block: Block) -> str:
    """What a reader does with a block; gives the body that it should have."""
    if block.file:
        write(block, Path(block.file))
        return block.body
    if not block.is_typed or block.remark.startswith("not run: ") or is_believed(block):
        return block.body
    fails = block.remark.startswith("fails: ")
    return "".join(line + "\n" for exchange in block.exchanges() for line in typed(exchange, fails))


def write(block: Block, path: Path) -> None:
    """Make the file, or add to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = merged(path.read_text(encoding="utf-8"), block.body) if block.is_added else block.body
    path.write_text(body, encoding="utf-8")


def typed(exchange: Exchange, fails: bool) -> tuple[str, ...]:
    """A command and what a page shows of its output; raises where it does not end as the page says."""
    code, printed = answer(exchange.command)
    assert (code != 0) == fails, f"$ {exchange.command}\nended with {code}:\n{printed}"
    return (*exchange.typed, *exchange.renewed(printed))


def answer(command: str) -> tuple[int, str]:
    """The code with which a command ends, and what it prints into a pipe, both streams as a terminal shows them."""
    if command.startswith("make "):
        return shell(f"make --dry-run -C {shlex.quote(str(TOP))} {command.removeprefix('make ')} >/dev/null")
    before, bar, last = command.rpartition(" | ")
    if last.startswith("brink "):
        return called(last, shell(before)[1] if bar else "")
    return shell(command)


def called(command: str, given: str) -> tuple[int, str]:
    """`brink` as a function, since its start takes longer than most of what it is asked here."""
    out = io.StringIO()
    streams = contextlib.ExitStack()
    streams.enter_context(contextlib.redirect_stdout(out))
    streams.enter_context(contextlib.redirect_stderr(out))
    with streams, patch.object(sys, "stdin", io.StringIO(given)):
        code = brink(shlex.split(command)[1:])
    return code, out.getvalue()


def shell(command: str) -> tuple[int, str]:
    """Any other command, with the Python of the tests."""
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode()


def is_believed(block: Block) -> bool:
    """It takes long, and all that it depends on is what it was."""
    kept = KEPT.fullmatch(block.remark)
    return kept is not None and kept["mark"] == mark_of(kept["scenario"], block)


def mark_of(scenario: str, block: Block) -> str:
    """A name for all that a long output depends on: the scenario, the games that it gives, and who prints."""
    names = [name for exchange in block.exchanges() for name in re.findall(r"\bbrink ([a-z-]+)", exchange.command)]
    modules = [TOP / "engine" / "cli" / "commands" / f"{name.replace('-', '_')}.py" for name in names]
    if "play" in names:
        modules += sorted((TOP / "tui").glob("*.py")) + sorted((TOP / "tui" / "lines").glob("*.py"))
    files = [BUNDLED / scenario / "scenario.yaml", *sorted((BUNDLED / scenario / "golden").iterdir()), *modules]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
