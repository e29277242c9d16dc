"""The table of names and places says neither less nor more than what the checker finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from engine.expressions import FUNCTIONS, Kind
from engine.scenario.forms import MEMBERS, NAMES, PLACES, Form
from engine.scenario.load import load_scenario
from engine.scenario.models import Ask, Draft, Scenario, Secret, Threat, Undertaking
from engine.scenario.names import SELF, TARGET, find_places, known_places
from engine.scenario.parsing import Parser
from engine.scenario.words.spoken import with_words

BOTH = frozenset({SELF, TARGET})


@pytest.fixture(scope="module")
def kosovo() -> Scenario:
    """A scenario with something of every kind."""
    answers = {name: {"title": name} for name in ("stay", "leave")}
    question = Ask.model_validate(
        {"title": "Stay?", "to": "actors", "within": "1d", "otherwise": "stay", "answers": answers}
    )
    scenario = load_scenario("kosovo-2007")
    things = [next(iter(part)) for part in (scenario.flags, scenario.values, scenario.actor_flags)]
    secrets = dict.fromkeys(things, Secret())
    full = scenario.model_copy(update={"asks": {"stay_on": question}, "secrets": secrets})
    words = {
        "undertakings": {**dict(undertakings_of(full)), **scenario.undertakings},
        "threats": {"leave": threat_of(full), **scenario.threats},
        "texts": {"treaty": text_of(full), **scenario.texts},
    }
    return with_words(full.model_copy(update=words))


def undertakings_of(scenario: Scenario) -> Iterator[tuple[str, Undertaking]]:
    """What the first two actors may give their word for: not to do what they may do."""
    first, second, *_ = scenario.actors
    for name, by, to in (("abide", first, second), ("remain", second, first)):
        act = next(act for act, rule in scenario.actions.items() if by in scenario.members(rule.by) and not rule.vote)
        text = {"title": "to wait", "by": by, "refrain": act, "to": to, "within": "4w"}
        yield name, Undertaking.model_validate(text)


def text_of(scenario: Scenario) -> Draft:
    """What the first two actors may sign."""
    issue = next(iter(scenario.issues))
    first, second, *_ = scenario.actors
    terms = {issue: {"start": 50, "step": 5}}
    return Draft.model_validate({"title": "the treaty", "parties": [first, second], "terms": terms})


def threat_of(scenario: Scenario) -> Threat:
    """With what the second actor may warn the first."""
    first, second, *_ = scenario.actors
    acts = [
        next(act for act, rule in scenario.actions.items() if by in scenario.members(rule.by) and not rule.aims)
        for by in (second, first)
    ]
    times = {"within": "2w", "lasts": "4w"}
    return Threat.model_validate(
        {"title": "to leave", "by": second, "act": acts[0], "to": first, "if": acts[1], **times}
    )


def ids(scenario: Scenario, word: str) -> Iterable[str]:
    """What a word in capitals may stand for; any other word stands for itself."""
    parts: dict[str, Iterable[str]] = {
        "ISSUE": scenario.issues,
        "VALUE": scenario.values,
        "MEASURE": scenario.measures,
        "FLAG": scenario.flags,
        "ACTOR_FLAG": scenario.actor_flags,
        "ACTOR": scenario.actors,
        "GROUP": [*scenario.groups, "actors"],
        "ENTRY": scenario.calendar,
        "ASK": scenario.asks,
        "UNDERTAKING": scenario.undertakings,
        "THREAT": scenario.threats,
        "TEXT": scenario.texts,
        "ENDING": [ending.id for ending in scenario.endings],
    }
    return parts.get(word, (word,))


def fits(scenario: Scenario, form: Form, name: str) -> bool:
    """Whether a name is written in a form."""
    pattern, parts = form.pattern.split("."), name.split(".")
    return len(pattern) == len(parts) and all(p in ids(scenario, w) for w, p in zip(pattern, parts, strict=True))


def example(scenario: Scenario, form: Form) -> str:
    """One name of a form; what is named twice is the first and the second."""
    words = form.pattern.split(".")
    return ".".join(nth(ids(scenario, word), words[:place].count(word)) for place, word in enumerate(words))


def nth(names: Iterable[str], number: int) -> str:
    """One of some names; the last where there are fewer."""
    return [*names][: number + 1][-1]


def known_names(scenario: Scenario) -> Iterator[str]:
    """Every name that is ever proposed."""
    yield from Parser(scenario).names(BOTH, endings=True)._spell_known()


@pytest.mark.parametrize("form", NAMES, ids=lambda form: form.pattern)
def test_each_form_of_a_name_is_known(kosovo: Scenario, form: Form) -> None:
    """It is found where the table says, is of the kind that it says, and is not found elsewhere."""
    is_test, scoped = form.where.startswith("in `expect`"), {"self", "target"} & set(form.pattern.split("."))
    symbol = Parser(kosovo).names(frozenset(scoped), endings=is_test).find(example(kosovo, form))
    assert symbol is not None
    assert form.kind in (symbol.kind, None)
    if is_test or scoped:
        assert form.where != "everywhere"
        assert Parser(kosovo).names().find(example(kosovo, form)) is None


def test_each_known_name_has_a_form(kosovo: Scenario) -> None:
    """None is left out of the reference."""
    lacking = {n for n in known_names(kosovo) if not any(fits(kosovo, form, n) for form in NAMES)}
    assert lacking == set()


def test_each_form_of_a_place_is_one(kosovo: Scenario) -> None:
    """Effects may change it, and it is of the kind that the table says."""
    for form in PLACES:
        places = find_places(kosovo, BOTH, example(kosovo, form))
        assert places is not None, form.pattern
        assert places.kind is form.kind, form.pattern


def test_each_known_place_has_a_form(kosovo: Scenario) -> None:
    """None is left out of the reference."""
    lacking = {n for n in known_places(kosovo, BOTH) if not any(fits(kosovo, form, n) for form in PLACES)}
    assert lacking == set()


def test_what_members_have_is_in_the_table(kosovo: Scenario) -> None:
    """Each form is found, and each that is known has one."""
    names = Parser(kosovo).names()
    for form in MEMBERS:
        symbol = names.find_member(example(kosovo, form))
        assert symbol is not None, form.pattern
        assert symbol.kind is form.kind, form.pattern
    assert all(any(fits(kosovo, form, name) for form in MEMBERS) for name in names.known_members())


def test_everything_in_the_tables_is_described() -> None:
    """In a sentence."""
    for entry in (*NAMES, *MEMBERS, *PLACES):
        assert entry.meaning.endswith("."), entry.pattern
    for function in FUNCTIONS.values():
        assert function.doc.endswith("."), function.name
        assert function.kind in Kind
