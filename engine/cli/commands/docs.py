"""`brink docs`: the reference for authors, as Markdown."""

from __future__ import annotations

from pathlib import Path

from engine.cli.arguments import Arguments
from engine.cli.reference import pages
from engine.files import make_folders, write_whole


def execute(arguments: Arguments) -> int:
    """Prints every page, or writes each into its own file."""
    made = pages()
    if not arguments.page:
        print("\n\n".join(text.rstrip("\n") for text in made.values()))
        return 0
    folder = Path(arguments.page)
    make_folders(folder)
    for name, text in made.items():
        write_whole(folder / name, text.encode())
        print(f"written: {folder / name}")
    return 0
