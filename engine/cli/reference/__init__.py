"""The reference for authors, as Markdown, made from the tables that the checker itself uses."""

from engine.cli.reference.pages import pages

__all__ = ["pages"]
