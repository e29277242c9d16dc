"""A figure of a report: what it shows in words, in a drawing and in a table."""

from __future__ import annotations

from dataclasses import dataclass

from engine.report.canvas import NARROW, WIDE, Drawing, inline
from engine.report.markup import Html, Table, element, joined, paragraphs


@dataclass(frozen=True)
class Figure:
    """What it is called in files, its heading, what is seen in it, how to read it, the numbers, and the drawing."""

    name: str
    title: str
    finding: str
    """What is seen, with numbers; a paragraph a line."""
    reading: str
    """How the drawing is to be read."""
    table: Table
    draw: Drawing

    def html(self) -> Html:
        """For the page: a wide and a narrow drawing, of which one is shown."""
        alt = f"{self.title}. {self.finding}".replace("\n", " ")
        drawings = joined(*(inline(self.draw, paper, self.name, alt) for paper in (WIDE, NARROW)))
        caption = element("figcaption", element("h3", self.title), paragraphs(*self.finding.split("\n")))
        how = element("p", self.reading, class_="how")
        numbers = element(
            "details", element("summary", f"The numbers of this figure as a table ({len(self.table.rows)} rows)"),
            self.table.html(self.title),
        )  # fmt: skip
        return element("figure", caption, drawings, how, numbers, id=f"figure-{self.name}")


@dataclass(frozen=True)
class Section:
    """A part of the page."""

    name: str
    title: str
    words: Html
    figures: tuple[Figure, ...] = ()

    def html(self) -> Html:
        """For the page."""
        return element(
            "section",
            element("h2", self.title, id=self.name),
            self.words,
            (figure.html() for figure in self.figures),
            aria_labelledby=self.name,
        )
