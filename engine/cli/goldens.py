"""Golden playthroughs: whole games of a scenario as text beside it, played again and read as a diff."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.cli.paper import Paper
from engine.cli.story import tell_game
from engine.files import make_folders, write_whole
from engine.rules import Rules

GOLDEN = "golden"
"""The folder, beside a scenario, of its golden playthroughs."""

SEEDS = (1, 2, 3)
"""The games that are kept where none are yet."""

COLUMNS = 96
"""The width of a playthrough."""

NOBODY = "The rules decide for everyone."
"""Who sits in the seats of a golden playthrough."""

NAME = re.compile(r"seed-(\d{1,20})\.txt")


@dataclass(frozen=True)
class Golden:
    """One playthrough: its seed, the file that keeps it, and what was kept there, if anything."""

    seed: int
    file: Path
    kept: str | None

    def fresh(self, rules: Rules) -> str:
        """The game as it is played now."""
        return playthrough(rules, self.seed)


def goldens_in(folder: Path) -> tuple[Golden, ...]:
    """The playthroughs that are kept beside a scenario, by seed."""
    files = ((NAME.fullmatch(path.name), path) for path in (folder / GOLDEN).glob("seed-*.txt"))
    found = sorted((int(match[1]), path) for match, path in files if match and not path.is_symlink())
    return tuple(Golden(seed, path, path.read_text(encoding="utf-8")) for seed, path in found)


def goldens_wanted(folder: Path) -> tuple[Golden, ...]:
    """The same, or the first few where there are none."""
    return goldens_in(folder) or tuple(Golden(seed, folder / GOLDEN / f"seed-{seed}.txt", None) for seed in SEEDS)


def update_goldens(rules: Rules, folder: Path) -> Iterator[Path]:
    """Play them all, and write those anew that have changed; gives what was written."""
    for golden in goldens_wanted(folder):
        text = golden.fresh(rules)
        if text != golden.kept:
            make_folders(golden.file.parent)
            write_whole(golden.file, text.encode())
            yield golden.file


def playthrough(rules: Rules, seed: int) -> str:
    """One whole game, as ``brink run`` prints it into a pipe."""
    from engine.play.game import Game

    game = Game(rules, seed)
    game.play()
    out = io.StringIO()
    tell_game(Paper(out, COLUMNS), game, NOBODY)
    return out.getvalue()


def first_difference(kept: str, fresh: str) -> tuple[int, str, str]:
    """The number of the first line that differs, and the line in either; empty where one ends there."""
    before, now = kept.splitlines(), fresh.splitlines()
    for number in range(max(len(before), len(now))):
        pair = ["".join(lines[number : number + 1]) for lines in (before, now)]
        if pair[0] != pair[1] or number >= min(len(before), len(now)):
            return number + 1, pair[0], pair[1]
    return max(len(before), 1), "", ""
