"""What changed in meaning: found whatever it is, and nothing is found where only the writing is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.changes import RULES, TESTS, WORDS, Change, changes
from tests.scenario.minimal import MINIMAL, load, replaced


def found(folder: Path, text: str, before: str = MINIMAL) -> list[Change]:
    """The changes from the minimal scenario to another text."""
    return list(changes(load(folder, before), load(folder, text)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unrest + 0.1 * declared", "unrest+(0.1*declared)"),
        ("when: unrest > 0.25", "when: (unrest > 0.25)"),
        ("{position: 0, salience: 0.9, spread: 5,", "{spread: 5.0, salience: 0.90, position: 0,"),
        ("tempo: 8w", "tempo: 56d"),
        ("powers: [russia, us]", "powers: [us, russia]"),
        ("targets: [us, kosovo]", "targets: [kosovo, us]"),
        ("{actor: russia}, {actor: us}", "{actor: us}, {actor: russia}"),
        ("by: [us]", "by: us"),
        ("    title: Recognise\n    by: powers\n", "    by: powers\n    title: Recognise\n"),
        ("id: small-crisis", "id: other-crisis"),
        ("actor_flags:", "# a comment\nactor_flags:"),
    ],
)
def test_what_means_the_same_is_no_change(tmp_path: Path, old: str, new: str) -> None:
    """Layout, comments, and order where order says nothing."""
    assert found(tmp_path, replaced(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "told", "words", "bears_on"),
    [
        ("salience: 0.9", "salience: 0.8", "actors.russia.stances.status.salience", "Russia: Status: salience", RULES),
        ("tempo: 8w", "tempo: 9w", "actions.declare.tempo", "Declare independence: tempo", RULES),
        ("unrest > 0.25", "unrest > 0.3", "events.clashes.when", "Clashes: when", RULES),
        ("yes: 2", "yes: 1", "institutions.council.pass.yes", "Council: pass: yes", RULES),
        ("powers: [russia, us]", "powers: [russia]", "removed groups.powers", "groups: powers", RULES),
        (
            "cooldown: 3w",
            "once: false",
            "removed actions.table_resolution.cooldown",
            "Table a resolution: cooldown",
            RULES,
        ),
        ("title: Warn", "title: Threaten", "actions.warn.title", "Threaten: title", WORDS),
        ("0: as before", "0: as ever", "issues.status.scale.0", "Status: scale: 0", WORDS),
        ("independence is declared", "it is done", "flags.declared", "flags: declared", WORDS),
        ("title: A small", "title: A large", "title", "title", WORDS),
        (
            "at_most: 0.99",
            "at_most: 0.5",
            "expect.ending.independent.at_most",
            "expect: ending.independent: at most",
            TESTS,
        ),
    ],
)
def test_a_change_is_told_where_it_is(tmp_path: Path, old: str, new: str, told: str, words: str, bears_on: str) -> None:
    """As a path, in words, and what it bears on."""
    (change,) = found(tmp_path, replaced(old, new))
    kind, _, where = ("changed " + told if " " not in told else told).partition(" ")
    assert (change.kind, change.where, change.words, change.bears_on) == (kind, where, words, bears_on)


def test_things_that_come_and_go_are_told_whole(tmp_path: Path) -> None:
    """An action that is new is one change, and so is the same action taken away."""
    action = "  wait:\n    title: Wait\n    by: us\n    tempo: 4w\n    assumed: for the test\n"
    longer = replaced("dynamics:\n", f"{action}dynamics:\n")
    (added,) = found(tmp_path, longer)
    (removed,) = found(tmp_path, MINIMAL, longer)
    assert (added.kind, added.where, added.words) == ("added", "actions.wait", "Wait")
    assert (removed.kind, removed.where, removed.words) == ("removed", "actions.wait", "Wait")


def test_an_effect_that_is_put_before_another_leaves_the_other(tmp_path: Path) -> None:
    """Entries of a list are laid beside each other by what they say."""
    text = replaced("      - {chance: 0.3, add", "      - {add: {unrest: 0.01}}\n      - {chance: 0.4, add")
    assert [(change.kind, change.where) for change in found(tmp_path, text)] == [
        ("changed", "actions.declare.effects.2.chance"),
        ("added", "actions.declare.effects.1"),
    ]


def test_the_order_of_endings_and_of_votes_means_something(tmp_path: Path) -> None:
    """The first ending that holds closes a run, and questions are voted on in the order of their actions."""
    third = "  - {id: calm, title: Calm, when: unrest < 0.01}\n"
    independent = "  - {id: independent, title: Independent, when: status > 75 and declared}\n"
    before, after = replaced(independent, third + independent), replaced(independent, independent + third)
    (moved,) = found(tmp_path, after, before)
    assert (moved.kind, moved.where) == ("moved", "endings")
    assert moved.old[:2] == moved.new[1::-1] == ["calm", "independent"]
    vote = "    vote: {in: council, question: Really?, pass: [{add: {status: 1}}]}\n"
    first = replaced('    dispatch: "{By} warns {target}."\n', vote)
    one, two = first.index("  recognise:"), first.index("  warn:")
    three, four = first.index("  table_resolution:"), first.index("dynamics:")
    turned = first[:two] + first[three:four] + first[two:three] + first[four:]
    assert one < two < three < four
    (moved,) = found(tmp_path, turned, first)
    assert (moved.kind, moved.old, moved.new) == ("moved", ["warn", "table_resolution"], ["table_resolution", "warn"])
