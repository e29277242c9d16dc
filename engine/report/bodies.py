"""The section on institutions: how much power each body's rule gives its members."""

from __future__ import annotations

from collections.abc import Iterator

from engine.batch.errors import BatchError
from engine.batch.storage.recall import base_of
from engine.power.bodies import BodyPower, body_power
from engine.power.figures import figure
from engine.power.ways import QUICK_STATES, PowerError
from engine.prose import capital, counted, series
from engine.report.figure import Section
from engine.report.markup import Html, Table, element, joined, paragraphs
from engine.report.material import Material
from engine.scenario.models import Scenario

HEADS = ("Members who count alike", "How many", "Shapley-Shubik, each", "Banzhaf, each")

READING = """\
Shapley-Shubik: members say yes one after the other, every order as likely; the share of orders in which this member's \
yes decides. Banzhaf: the others vote yes or no as a coin falls; how often it depends on this member, as a share of \
the sum over all members. Both are exact, everybody voting yes or no, and of the rule alone: who agrees with whom does \
not enter."""


def bodies(material: Material) -> Section | None:
    """A table for each institution, as it sits on the first day; None where nobody votes."""
    try:
        scenario = base_of(material.results)
    except BatchError:
        return None  # the manifest has been changed, which the page says where it tells of the scenario
    tables = list(_tables(scenario))
    if not tables:
        return None
    return Section("bodies", "Who has power in its institutions", joined(paragraphs(READING), *tables))


def _tables(scenario: Scenario) -> Iterator[Html]:
    for name in scenario.institutions:
        try:
            found = body_power(scenario, name, scenario.timeline.day_of(0), QUICK_STATES, may_abstain=False)
        except PowerError as error:
            yield paragraphs(f"{capital(str(error))}.")
            continue
        yield joined(element("h3", scenario.institutions[name].title), paragraphs(_counted(scenario, found)))
        yield Table(HEADS, [tuple(row) for row in _rows(scenario, found)]).html(scenario.institutions[name].title)


def _counted(scenario: Scenario, found: BodyPower) -> str:
    measured = found.measured
    words = [f"{measured.winning:,} of {counted(measured.coalitions, 'coalition')} win"]
    words += [f"{measured.minimal:,} of them only just: they lose without any one of their members"]
    for said, which in (("nothing passes without", measured.blockers), ("never decisive", measured.dummies)):
        if which:
            words.append(f"{said}: {series([scenario.actors[actor].title for actor in which])}")
    return "; ".join(words) + "."


def _rows(scenario: Scenario, found: BodyPower) -> Iterator[tuple[str, ...]]:
    for kind in found.kinds:
        titles = ", ".join(scenario.actors[actor].title for actor in kind.members)
        yield titles, str(len(kind.members)), figure(kind.power.shapley_shubik), figure(kind.power.banzhaf_normalised)
