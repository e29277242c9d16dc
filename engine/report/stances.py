"""The section on who stands where."""

from __future__ import annotations

from collections.abc import Sequence

from engine.prose import counted, series
from engine.report.figure import Figure, Section
from engine.report.markup import Table, paragraphs
from engine.report.material import Material
from engine.report.panels import Spectrum, Stand, spectra
from engine.report.words import number, quoted

LOUD = 0.6
"""Who cares at least this much is told of in the caption."""


TOGETHER = 4
"""Issues in one drawing: as many as fit on a printed page."""


def stances(material: Material) -> Section:
    """Each issue as a scale, with the actors on it, and where the world starts and ends."""
    issues = [_spectrum(material, name) for name in material.scenario.issues]
    figures = []
    for first in range(0, len(issues), TOGETHER):
        part = issues[first : first + TOGETHER]
        said = f": {series([issue.title for issue in part])}" if len(issues) > TOGETHER else ", issue by issue"
        name = f"stances-{first // TOGETHER + 1}" if first else "stances"
        figures.append(_figure(part, name, f"Who stands where{said}"))
    words = f"{counted(material.scenario.actors, 'actor')} hold stances on {counted(len(issues), 'issue')}."
    return Section("stances", "Who stands where", paragraphs(words), tuple(figures))


def _figure(issues: Sequence[Spectrum], name: str, title: str) -> Figure:
    rows = [
        (f"{issue.title}: {stand.name}", number(stand.position), number(stand.salience))
        for issue in issues
        for stand in sorted(issue.stands, key=lambda s: (s.position, s.name))
    ]
    widest = max(issues, key=_distance)
    finding = f"On {quoted(widest.title)} the world starts at {number(widest.start)}"
    loud = _loud(widest)
    if len(loud) > 1:
        low, high = min(loud, key=lambda s: s.position), max(loud, key=lambda s: s.position)
        finding = (
            f"Farthest apart among those who care are {low.name} ({number(low.position)}) and {high.name} "
            f"({number(high.position)}) on {quoted(widest.title)}; the world starts at {number(widest.start)}"
        )
    finding += f", and the median run ends at {number(widest.end[2])}." if widest.end else "."
    if any(issue.end is not None for issue in issues):
        ends_at = "; the square is the median of where it ends, with the middle half and nine tenths of the runs"
    else:
        ends_at = ". Where it ends was not kept (add --trajectories to the batch)"
    reading = (
        "Each disc is an actor at the position it wants; the higher and larger, the more it cares (salience, 0 to 1). "
        "Named, and blue, are the sides to play (else those that care most); the table has all. Under the scale, "
        f"the triangle is where the world starts{ends_at}. Positions as the scenario has them; an arm may change some."
    )
    return Figure(
        name, title, finding, reading, Table(("Issue and actor", "Position", "Salience"), rows), spectra(issues)
    )


def _spectrum(material: Material, name: str) -> Spectrum:
    issue = material.scenario.issues[name]
    told = material.scenario.stances[name]
    stands = tuple(Stand(one.actor, one.position, one.salience, one.is_playable) for one in told)
    if not any(stand.is_named for stand in stands):
        loud = sorted(stands, key=lambda s: -s.salience)[:6]
        stands = tuple(Stand(s.name, s.position, s.salience, s in loud) for s in stands)
    fan = material.fan(material.lead, name)
    end = None if fan is None else (fan[0][-1], fan[1][-1], fan[2][-1], fan[3][-1], fan[4][-1])
    return Spectrum(issue.title, issue.scale, stands, issue.start, end)


def _loud(issue: Spectrum) -> list[Stand]:
    """Those who care, of the named ones where there are two."""
    loud = [stand for stand in issue.stands if stand.salience >= LOUD]
    named = [stand for stand in loud if stand.is_named]
    return named if len(named) > 1 else loud


def _distance(issue: Spectrum) -> tuple[bool, float]:
    """Whether two named actors care, and how far those who do stand from their mean, all together, in spans."""
    loud = _loud(issue)
    positions = [stand.position for stand in loud]
    if not positions:
        return False, 0.0
    is_named = all(stand.is_named for stand in loud)
    middle = sum(positions) / len(positions)
    span = issue.scale[-1][0] - issue.scale[0][0]
    return is_named, sum(abs(position - middle) for position in positions) / span
