"""The words around the figures: what was asked, in short, what it rests on, what it can't say, how it was made."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from engine.batch.analysis.compare import Comparison
from engine.batch.design.posterior import posterior_in, told_of
from engine.prose import counted, series
from engine.report.contrasts import told_of_all
from engine.report.figure import Section
from engine.report.markup import Html, bullets, element, joined, paragraphs
from engine.report.material import Material
from engine.report.words import between, day, number, percent, quoted, runs_of_100, sentence
from engine.scenario.evidence import summarise

DESIGNS = {
    "grid": "every combination of the values",
    "list": "the points that the experiment lists",
    "csv": "the points of a table",
    "random": "random points",
    "latin_hypercube": "a Latin hypercube",
    "sobol": "a Sobol sequence",
    "saltelli": "Saltelli's design for Sobol's indices",
    "morris": "Morris's trajectories",
}
"""Ways of choosing design points in words."""


def title_of_page(material: Material) -> str:
    """What the page is called."""
    return str(material.experiment.get("title") or material.scenario.title)


def in_short(material: Material, found: Sequence[tuple[str, tuple[Comparison, ...]]]) -> Html:
    """The page in a few sentences."""
    return element(
        "section",
        element("h2", "In short", id="short"),
        bullets(_findings(material, found)),
        aria_labelledby="short",
        class_="short",
    )


def _findings(material: Material, found: Sequence[tuple[str, tuple[Comparison, ...]]]) -> Iterator[str]:
    titles, shares = material.manifest["endings"], material.lead.shares
    ranked = sorted((e for e in shares if shares[e].count), key=lambda e: -shares[e].share)
    for ending in ranked[:2]:
        share = shares[ending]
        where = "" if material.is_everything else f" of {quoted(material.lead.title)}"
        yield f"{quoted(titles[ending])} closes {runs_of_100(share.share)}{where} (95 % interval: {between(share)})."
    for _, every in found:
        yield from told_of_all(every[:5], 1)
    never = len(material.summary.never())
    if never:
        yield f"{counted(never, 'ending')} of {len(titles)} came in no run at all."


def asked(material: Material) -> Section:
    """The question, the arms, the assumptions and the design."""
    experiment = material.experiment
    failures = material.results.failures.height
    scenario = material.scenario
    span = f"{day(scenario.start, 0)} to {day(scenario.end, 0)}, {counted(scenario.turns, 'turn')}"
    arms = joined(_levers(experiment))
    assumptions = bullets(_uncertainties(experiment))
    return Section(
        "asked",
        "What was asked",
        joined(
            element("p", f"The scenario is {quoted(scenario.title)} ({span})."),
            paragraphs(scenario.summary),
            joined(element("h3", "What could be decided"), arms) if arms else None,
            joined(element("h3", "What is not known"), assumptions) if assumptions else None,
            _settings(experiment),
            element("p", "Nothing was in doubt: each number and each position was its best guess.")
            if experiment.get("certain")
            else None,
            _posterior(experiment),
            element("h3", "The design"),
            element("p", _design(material)),
            element("p", f"{counted(failures, 'design point')} could not be run.") if failures else None,
        ),
    )


def _levers(experiment: dict[str, Any]) -> Iterator[Html]:
    for name, lever in (experiment.get("levers") or {}).items():
        choices = (
            joined(element("strong", str(choice.get("title") or key)), _because(choice, "the base" if not n else ""))
            for n, (key, choice) in enumerate((lever.get("choices") or {}).items())
        )
        yield joined(element("p", str(lever.get("title") or name)), bullets(choices))


def _because(record: dict[str, Any], instead: str = "") -> str:
    said = record.get("because") or instead
    return f": {sentence(str(said))}" if said else ""


def _uncertainties(experiment: dict[str, Any]) -> Iterator[Html]:
    for name, one in (experiment.get("uncertainties") or {}).items():
        how = {"times": " (a factor)", "plus": " (added)"}.get(str(one.get("apply")), "")
        said = f", {_range(one)}{how}"
        yield joined(element("strong", str(one.get("title") or name)), said, _because(one) or ".")


def _range(one: dict[str, Any]) -> str:
    if ends := one.get("range") or one.get("log_range"):
        return f"anything from {number(ends[0])} to {number(ends[1])}"
    if bell := one.get("normal"):
        return f"a bell curve around {number(bell['mean'])} (standard deviation {number(bell['sd'])})"
    if three := one.get("triangular"):
        return f"most likely {number(three['mode'])}, from {number(three['low'])} to {number(three['high'])}"
    return f"one of {series([number(value) for value in one.get('values') or ()], 'or')}"


def _settings(experiment: dict[str, Any]) -> Html | None:
    settings = experiment.get("set") or {}
    if not settings:
        return None
    return joined(
        element("p", "Set everywhere:"),
        bullets(element("code", f"{path} = {value}") for path, value in settings.items()),
    )


def _posterior(experiment: dict[str, Any]) -> Html | None:
    posterior = posterior_in(experiment)
    if posterior is None:
        return None
    words = (
        f"Each run draws one of the {counted(posterior.points, 'point')} that a calibration has left; median, and 90 % "
        "interval:"
    )
    return joined(element("p", words), bullets(told_of(posterior)))


def _design(material: Material) -> str:
    manifest, summary = material.manifest, material.summary
    design = material.experiment.get("design") or {}
    sampling = next((DESIGNS[name] for name in DESIGNS if design.get(name) is not None), "")
    made = f" ({sampling})" if sampling else ""
    each = "" if summary.points == 1 else f" at {counted(summary.points, 'design point')}{made}"
    which = (
        ""
        if not material.others or material.is_everything
        else f" Where only one arm is shown, it is {quoted(material.lead.title)}."
    )
    if material.others and len(material.others) + 1 < summary.points and len(material.lead.points) > 1:
        which += " Each arm is the base but for one choice; further combinations are in the comparisons."
    return (
        f"{counted(summary.runs, 'run')}{each}, with the seed {manifest['seed']}. In a run every actor decides "
        f"by rule, with chance, turn by turn.{which}"
    )


def evidence(material: Material) -> Section:
    """What the scenario's numbers rest on."""
    found = summarise(material.scenario.records, frozenset())
    sources = {e.source for _, record in material.scenario.records for e in record.evidence}
    share = f" ({percent(found.stances_with_quotes / found.stances)})" if found.stances else ""
    items = [
        f"{counted(found.quotes, 'quote')} from {counted(len(sources), 'source')}; each was found word for word in its "
        "source when the scenario was read."
        if found.quotes
        else "No quote supports any number of this scenario.",
        f"{found.stances_with_quotes} of {counted(found.stances, 'stance')}{share} rest on a quote.",
        f"{counted(found.assumed, 'record')} (stances, actions, events and others) say that they are assumed, and why.",
    ]
    if found.unsupported:
        items.append(f"{counted(found.unsupported, 'record')} say neither.")
    words = "That a quote stands in its source is proved; that its words mean this number is a reading."
    return Section("evidence", "What it rests on", joined(bullets(items), paragraphs(words)))


LIMITS = """\
These are shares of simulated runs, not chances that something happens in the world. They follow from the scenario's \
assumptions; others would give others.
The intervals tell of chance between runs alone. More runs make them narrower, and the assumptions no truer.
Only what the scenario names can happen in it. What nobody wrote down has no share, not a small one.
A difference between arms is what this model makes of a change, all else as it was. Whoever really changes something \
seldom finds all else as it was.
Actors follow their stances as they were coded from public words. What they hid, or did not know of themselves, is \
missing."""
"""What no number of a report says, one thing a line."""


def limits() -> Section:
    """What a simulation can't say."""
    return Section("limits", "What a simulation can't say", bullets(LIMITS.split("\n")))


def made(material: Material) -> Section:
    """The manifest."""
    m = material.manifest
    libraries = ", ".join(f"{name} {version}" for name, version in (m.get("libraries") or {}).items())
    machine = m.get("machine") or {}
    entries = [
        ("Scenario", f"{m['scenario']['id']}, {m['scenario']['title']}"),
        ("Content of the scenario (sha256)", m["scenario"]["hash"]),
        ("Experiment (sha256)", m["experiment"].get("hash")),
        ("Posterior (sha256)", (material.experiment.get("posterior") or {}).get("seal")),
        ("Seed", m["seed"]),
        ("Design points", f"{m['points']:,}"),
        ("Runs", f"{material.summary.runs:,}"),
        ("Trajectories", m.get("trajectories")),
        (
            "Command",
            element("code", shlex.join(str(word) for word in m.get("command") or ())) if m.get("command") else None,
        ),
        ("Engine", f"Brinkmanship {m.get('engine')}, Python {m.get('python')}"),
        ("Libraries", libraries),
        (
            "Machine",
            ", ".join(str(value) for key, value in machine.items() if key in ("processor", "system") and value),
        ),
        ("Made", f"{m.get('started')} to {m.get('finished') or 'not finished'}"),
    ]
    rows = (
        (element("dt", name), element("dd", value if isinstance(value, Html) else str(value)))
        for name, value in entries
        if value not in (None, "")
    )
    words = "The same scenario, seed and command give the same runs, to the last bit, on one processor or many."
    return Section("made", "How it was made", joined(paragraphs(words), element("dl", rows)))
