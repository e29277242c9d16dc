"""Elements 2 and 5: what there is, on which scales, and where it starts."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cli.odd.words import code, loss_in_words, named, title_of, when
from engine.cli.reference.markdown import cell, table
from engine.play.wording import days_in_words, rule_in_words
from engine.prose import counted
from engine.scenario.doubts import in_words
from engine.scenario.knowledge import drawn_secrets
from engine.scenario.models import Scenario, Secret, Stance


def entities(scenario: Scenario) -> Iterator[str]:
    """Actors, bodies and the world, what varies of each, and scales of time."""
    timeline, stances = scenario.timeline, sum(len(actor.stances) for actor in scenario.actors.values())
    pace, turn = days_in_words(timeline.pace_in_days), days_in_words(scenario.step)
    yield (
        f"**Scales.** Time runs from {when(scenario.start)} to {when(scenario.end)} in "
        f"{counted(timeline.paces, 'pace')} of {pace}; people are asked every {turn}, in "
        f"{counted(scenario.turns, 'turn')}, and may take {counted(scenario.moves_per_turn, 'option')} each. There is "
        "no space: issues are scales on which the world and the wishes of actors have places."
    )
    yield (
        f"**Entities.** One world; {counted(len(scenario.actors), 'actor')}; "
        f"{counted(len(scenario.institutions), 'institution')}; {counted(len(scenario.groups), 'group')} of actors."
    )
    yield (
        f"**State variables.** Of the world: {counted(len(scenario.issues), 'issue')}, "
        f"{counted(len(scenario.values), 'value')}, {counted(len(scenario.flags), 'flag')} (yes or no, each with "
        f"the day on which it became yes). Of each actor: {counted(len(scenario.actor_flags), 'flag')} and its "
        "position on each issue, which effects may move; its salience, capability and temperature stay. "
        f"{counted(stances, 'stance')} in all."
    )
    yield "### Issues"
    yield table(
        ("issue", "title", "from", "to", "start"),
        (
            (code(name), cell(issue.title), *_ends(issue.scale), f"{issue.start:g}")
            for name, issue in scenario.issues.items()
        ),
    )
    if scenario.values:
        yield "### Values"
        yield table(
            ("value", "title", "range", "start"),
            (
                (code(name), cell(value.title), f"{value.range[0]:g} to {value.range[1]:g}", f"{value.start:g}")
                for name, value in scenario.values.items()
            ),
        )
    if scenario.flags or scenario.actor_flags:
        yield "### Flags"
        rows = [(code(name), "the world", cell(meaning)) for name, meaning in scenario.flags.items()]
        rows += [(code(name), "each actor", cell(meaning)) for name, meaning in scenario.actor_flags.items()]
        yield table(("flag", "of", "means"), rows)
    if scenario.secrets:
        yield "### Secrets"
        yield table(("flag or value", "known to", "drawn", "noticed, a day"), map(_secret, scenario.secrets.items()))
    yield from _bodies(scenario)


def _secret(entry: tuple[str, Secret]) -> tuple[str, str, str, str]:
    name, secret = entry
    drawn = f"yes with chance {secret.chance:g}" if secret.chance is not None else ""
    drawn += ", ".join(f"{number:g} by weight {weight:g}" for number, weight in secret.among.items())
    noticed = ", ".join(f"{named((who,))} {chance:g}" for who, chance in secret.noticed.items())
    return code(name), named(secret.known_to) or "nobody", drawn, noticed


def _ends(scale: dict[float, str]) -> tuple[str, str]:
    low, high = min(scale), max(scale)
    return f"{low:g} {cell(scale[low])}", f"{high:g} {cell(scale[high])}"


def _bodies(scenario: Scenario) -> Iterator[str]:
    if scenario.institutions:
        yield "### Institutions"
        day = scenario.timeline.day_of(0)
        yield table(
            ("institution", "title", "members on the first day", "rule"),
            (
                (code(name), cell(body.title), str(len(body.seated(day))), cell(rule_in_words(scenario, body.passes)))
                for name, body in scenario.institutions.items()
            ),
        )
    if scenario.groups:
        yield "### Groups"
        yield table(
            ("group", "members"),
            ((code(name), f"{len(who)}: {', '.join(who)}") for name, who in scenario.groups.items()),
        )


def initial_values(scenario: Scenario) -> Iterator[str]:
    """Where everything starts: the world in element 2, actors here."""
    yield (
        "Issues and values start where the tables of element 2 say, every flag at no"
        f"{', but for what is drawn' if any(drawn_secrets(scenario)) else ''}. Positions with a spread (±, "
        "a standard deviation) are drawn once for each run, and held to the scale. An actor without a stance on an "
        f"issue stands where the issue starts, with salience 0. Temperature is {scenario.temperature:g} where none "
        f"is given. {_losses(scenario)}"
    )
    yield "### Actors"
    yield table(
        ("actor", "playable", "capability", "temperature", "stances"),
        (
            (
                title_of(scenario, name),
                "yes" if actor.playable else "",
                f"{actor.capability:g}",
                f"{actor.temperature:g}" if actor.temperature is not None else "",
                str(len(actor.stances)),
            )
            for name, actor in scenario.actors.items()
        ),
    )
    yield "### Stances: position, spread, and salience in brackets"
    issues = list(scenario.issues)
    yield table(
        ("actor", *map(code, issues)),
        (
            (code(name), *(_stance(actor.stances.get(issue)) for issue in issues))
            for name, actor in scenario.actors.items()
            if actor.stances
        ),
    )


def _losses(scenario: Scenario) -> str:
    """How loss grows with the distance, on all issues or on each."""
    forms = {issue: loss_in_words(scenario.loss_of(issue)) for issue in scenario.issues}
    if len(set(forms.values())) == 1:
        return f"Loss, on every issue: {next(iter(forms.values()))}."
    return f"Loss: {'; '.join(f'on {code(issue)}, {form}' for issue, form in forms.items())}."


def _stance(stance: Stance | None) -> str:
    if stance is None:
        return ""
    spread = f" ±{stance.spread:g}" if stance.spread else ""
    return f"{stance.position:g}{spread} ({in_words(stance.salience)})"
