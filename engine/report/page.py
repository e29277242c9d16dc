"""The whole report: one page that needs nothing else, and the same figures as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from engine.batch import Results
from engine.batch.errors import BatchError
from engine.prose import counted
from engine.report import frame
from engine.report.bodies import bodies
from engine.report.calibration import calibration
from engine.report.canvas import WIDE, letters, need_plotting, png, svg
from engine.report.contrasts import comparisons, contrasts, hinges
from engine.report.figure import Figure, Section
from engine.report.findings import endings, movements, times
from engine.report.fonts import choose
from engine.report.markup import Html, element, joined
from engine.report.material import Material
from engine.report.outcomes import outcomes, sides
from engine.report.stances import stances
from engine.report.words import sentence


@dataclass(frozen=True)
class Report:
    """A report, ready to be written."""

    title: str
    lead: Html
    """What comes before the sections."""
    sections: tuple[Section, ...]

    @property
    def figures(self) -> Iterator[Figure]:
        """All figures, in the order of the page."""
        for section in self.sections:
            yield from section.figures

    def html(self) -> str:
        """The page."""
        head = element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
            element("title", f"{self.title} – a report"),
            element("style", Html(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))),
        )
        contents = element(
            "nav",
            element("ul", (element("li", element("a", s.title, href=f"#{s.name}")) for s in self.sections)),
            aria_label="Contents",
        )
        main = element("main", (section.html() for section in self.sections), id="content")
        skip = element("a", "To the findings", href="#content", class_="skip")
        body = element("body", skip, element("header", element("h1", self.title), self.lead), contents, main)
        return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"

    def letters_without_font(self) -> frozenset[str]:
        """The letters of its figures that no font of this machine has: they are boxes in the PNG files."""
        return choose(letter for figure in self.figures for letter in letters(figure.draw, WIDE)).missing

    def files(self) -> Mapping[str, bytes]:
        """The figures as SVG and PNG, by the name of the file."""
        found: dict[str, bytes] = {}
        for figure in self.figures:
            found[f"{figure.name}.svg"] = svg(figure.draw, WIDE, figure.name).encode()
            found[f"{figure.name}.png"] = png(figure.draw, WIDE, figure.name)
        return found


def report_on(results: Results) -> Report:
    """The report on some results.

    Raises :class:`~engine.batch.errors.BatchError`, also where matplotlib (extra ``report``) is missing.
    """
    need_plotting()
    material = Material.of(results)
    if not material.lead.runs:
        raise BatchError("there is no run in these results to report on")
    found, silent = comparisons(material)
    sections = (
        frame.asked(material),
        endings(material),
        contrasts(material, found, silent),
        outcomes(material),
        times(material),
        movements(material),
        hinges(material),
        sides(material),
        stances(material),
        bodies(material),
        frame.evidence(material),
        calibration(material),
        frame.limits(),
        frame.made(material),
    )
    question = material.experiment.get("question")
    lead = joined(
        element("p", sentence(str(question)), class_="question") if question else None,
        element("p", _what(material), class_="what"),
        *(element("p", sentence(caveat), class_="warning") for caveat in material.results.caveats),
        frame.in_short(material, found),
    )
    return Report(frame.title_of_page(material), lead, tuple(section for section in sections if section))


def _what(material: Material) -> str:
    summary = material.summary
    arms = f", {counted(len(material.others) + 1, 'arm')}" if material.others else ""
    points = f", {counted(summary.points, 'design point')}" if summary.points > len(material.others) + 1 else ""
    seed = material.manifest["seed"]
    return f"{counted(summary.runs, 'simulated run')} of {material.scenario.title}{arms}{points}. Seed {seed}."
