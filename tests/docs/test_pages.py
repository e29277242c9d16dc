"""What the documents tell their readers to type and to write is right, and prints what they show."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from engine.cli.arguments import COMMANDS, parse
from engine.cli.failures import UsageError
from tests.docs.following import renewed
from tests.docs.pages import TOP, Block, blocks, laid_out, pages

REMEDY = "run `make goldens` and read the diff"

TYPED = r"(?:brink|make|pip|python3?|git|dask|cd|cp|ls|cat|printf)"
"""What a line begins with that is meant for a terminal."""

FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    """Its place in the checkout."""
    return str(page.relative_to(TOP))


every_page = pytest.mark.parametrize("page", pages(), ids=name_of)


@pytest.mark.slow
@every_page
def test_a_page_shows_what_its_readers_see(page: Path, tmp_path: Path) -> None:
    """Each command ends as the page says and prints what it shows."""
    assert renewed(page, tmp_path) == page.read_text(encoding="utf-8"), f"{name_of(page)}: {REMEDY}"


@every_page
def test_no_command_is_for_show(page: Path) -> None:
    """Whatever is meant for a terminal is typed, or says why it is not run; each file has a name."""
    text = page.read_text(encoding="utf-8")
    for block in blocks(text):
        if block.remark.startswith("not run: "):
            assert re.search(r"\w+ \w+", block.remark.removeprefix("not run: ")), block.body
            continue
        assert block.is_typed or block.file or block.language in ("text", "mermaid"), f"{block.language}: {block.body}"
        assert block.is_typed or not re.search(rf"^(?:\$ |{TYPED} )", block.body, re.MULTILINE), block.body
        assert not block.is_typed or block.body.startswith("$ "), block.body
    assert not re.search(rf"^(?:    |\t)\s*{TYPED} ", FENCED.sub("", text), re.MULTILINE)


@every_page
def test_commands_that_are_not_run_can_be_read(page: Path) -> None:
    """They name commands and options of `brink` that there are."""
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.is_typed and not block.remark.startswith(("fails: ", "kept: ")):
            for exchange in block.exchanges():
                if exchange.command.startswith("brink ") and "|" not in exchange.command:
                    parse(shlex.split(exchange.command)[1:])


@every_page
def test_commands_within_sentences_are_there(page: Path) -> None:
    """Each `brink WORD --option` names a command and options that it has."""
    for said in re.findall(r"`brink ([a-z][\w-]*[^`]*)`", FENCED.sub("", page.read_text(encoding="utf-8"))):
        words = said.split()
        assert words[0] in COMMANDS, said
        for option in re.findall(r"(?<=\s)--?[a-z][\w-]*", f" {said}"):
            assert has_option(words[0], option), said


def has_option(command: str, option: str) -> bool:
    """Whether a command takes it; its value may be left out here."""
    try:
        parse([command, "--help-is-not-asked", option])
    except UsageError as error:
        return not re.search(rf"unrecognized arguments:.*{re.escape(option)}(?![\w-])", str(error))
    return True


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    """To files that there are; a page of the site leads to no file outside of it."""
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", FENCED.sub("", page.read_text(encoding="utf-8"))):
        path = "".join(target).partition("#")[0]
        if path and "://" not in path:
            assert (page.parent / path).exists(), path
            if TOP / "docs" in page.parents:
                assert TOP / "docs" in (page.parent / path).resolve().parents, path


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ((), ("a", "b", "c", "d", "e")),
        (("x",), ("a", "b", "c", "d", "e")),
        (("x", "x", "..."), ("a", "b", "...")),
        (("...", "x"), ("...", "e")),
        (("x", "...", "c", "x", "...", "x"), ("a", "...", "c", "d", "...", "e")),
        (("...",), ("...",)),
    ],
)
def test_what_is_left_out_stays_left_out(shown: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """As many lines are shown as before, from the same places."""
    assert laid_out(shown, ("a", "b", "c", "d", "e")) == expected


def test_a_page_that_is_wrong_is_found(tmp_path: Path) -> None:
    """Another output, a command that fails, a name that is gone, a file that is changed."""
    page = tmp_path / "page.md"
    true = '```console\n$ cat a\nA\n```\n\n```text title="b"\nB\n```\n\n```console\n$ cat b\nB\n```\n'
    (tmp_path / "a").write_text("A\n", encoding="utf-8")
    page.write_text(true, encoding="utf-8")
    assert renewed(page, tmp_path) == true
    page.write_text(true.replace("$ cat b\nB", "$ cat b\nC"), encoding="utf-8")
    assert renewed(page, tmp_path) == true
    page.write_text(true.replace("cat b", "cat c"), encoding="utf-8")
    with pytest.raises(AssertionError, match="No such file"):
        renewed(page, tmp_path)


def test_a_block_that_takes_long_is_believed_while_its_mark_holds(tmp_path: Path) -> None:
    """With another mark it is printed anew and marked; with its own it is left as it stands."""
    page = tmp_path / "page.md"
    stale = "<!-- kept: cuba-1962 as 0 -->\n```console\n$ brink show cuba-1962\nold\n...\n```\n"
    page.write_text(stale, encoding="utf-8")
    fresh = renewed(page, tmp_path)
    assert "Cuba" in fresh
    assert " as 0 " not in fresh
    page.write_text(fresh.replace("Cuba", "Tuba"), encoding="utf-8")
    assert renewed(page, tmp_path) == fresh.replace("Cuba", "Tuba")


def test_a_block_says_what_it_is() -> None:
    """By its remark, its language and its title."""
    text = '<!-- not run: no -->\n```console\n$ a \\\n    b\nc\n```\n\n```yaml title="x/y.yaml, added"\nz: 1\n```\n'
    first, second = blocks(text)
    assert isinstance(first, Block)
    assert [(e.command, e.shown) for e in first.exchanges()] == [("a b", ("c",))]
    assert (first.remark, second.file, second.is_added) == ("not run: no", "x/y.yaml", True)
