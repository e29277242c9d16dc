"""Who may decide by what: breaches of knowledge, each found where it stands, and what is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.scenario.load import check_scenario, list_scenarios
from tests.scenario.minimal import check, replaced

STORY = replaced(
    "  declared: independence is declared", "  declared: independence is declared\n  pact: a pact is signed"
)
STORY = replaced("[0, 1], assumed: for the test}\nflags", "[0, 1], assumed: for the test}\n  arms: {title: Arms, "
                 "start: 0.2, range: [0, 1], assumed: for the test}\nflags", STORY)  # fmt: skip
STORY = replaced("has recognised the new state", "has recognised the new state\n  armed: is armed", STORY)
STORY = replaced("groups:\n", """\
secrets:
  pact: {known_to: [russia, kosovo], assumed: for the test}
  arms: {known_to: russia, among: {0.2: 2, 0.8: 1}, assumed: for the test}
  armed: {chance: 0.25, assumed: for the test}
groups:
""", STORY)  # fmt: skip
STORY = replaced("institutions:\n", "  plot: {title: Plot, value: pact and arms > 0.5}\ninstitutions:\n", STORY)
STORY = replaced("dynamics:\n", """\
  sign:
    title: Sign the pact
    by: russia
    targets: [kosovo]
    known_to: kosovo
    once: true
    tempo: 4w
    effects: [{set: {pact: true}}]
    assumed: for the test
  rearm:
    title: Rearm
    by: russia
    known_to: kosovo
    tempo: 6w
    effects: [{add: {arms: 0.1}}]
    assumed: for the test
  spy:
    title: Spy
    by: us
    when: not self.knows.pact
    tempo: 3w
    effects: [{chance: 0.3, reveal: {pact: us}}]
    assumed: for the test
  expose:
    title: Expose the pact
    by: us
    when: self.knows.pact and pact
    once: true
    tempo: 2w
    effects: [{reveal: {pact: actors}, add: {status: -2}}]
    assumed: for the test
  press:
    title: Press
    by: powers
    needs: {"it is time": day > 7}
    targets: [kosovo]
    tempo: 5w
    appeal: 0.1
    cost: 0.05
    effects: [{add: {status: -1}}]
    expects: [{chance: 0.5, add: {status: -1}}]
    assumed: for the test
  rally:
    title: Rally the others
    by: us
    targets: {each: not target.recognised, of: [russia, kosovo]}
    tempo: 5w
    effects: [{add: {status: 1}}]
    assumed: for the test
asks:
  offer:
    title: Will you sign?
    to: kosovo
    known_to: russia
    within: 1w
    otherwise: wait
    answers:
      yes: {title: We will, appeal: 0.1, effects: [{set: {pact: true}}]}
      wait: {title: We wait}
    assumed: for the test
dynamics:
""", STORY)  # fmt: skip
STORY = replaced("endings:\n", """\
  courier: {title: A courier, when: "unrest > 0.3", once: true, effects: [{ask: offer}], assumed: for the test}
  muster: {title: A muster, when: "arms > 0.5 and any(armed, actors) and plot", chance_per_week: 0.2,
    effects: [{add: {unrest: 0.1}}], assumed: for the test}
endings:
""".replace("effects: [{ask: offer}]", "known_to: kosovo, effects: [{ask: offer}]"), STORY)  # fmt: skip
"""A scenario with a secret pact, secret arms and a question in secret, in which nobody acts on what it can't know."""

PRESS = "    tempo: 5w\n    appeal: 0.1\n    cost: 0.05\n"
LEAN = "lean: 0.1 * self.is.kosovo"
TIME, NEED = '"it is time": day > 7', "actions.press.needs.it is time"
VOTE = "actions.table_resolution.vote"
EXPOSE = "when: self.knows.pact and pact"
REPLY = "  protest: {title: Protest, by: [us, kosovo], reply_to: {action: rearm, within: 2w}, tempo: 1w, assumed: no}\n"

Breach = tuple[str, str, str, str, str, str]
"""A passage, what stands there instead, the finding, where it is told, what is read, and who can't know it."""

BREACHES: dict[str, Breach] = {
    "a condition": ("when: not self.knows.pact", "when: not pact", "E321", "actions.spy.when", "pact", "us"),
    "a need": (TIME, '"it is time": arms > 0.5', "E321", NEED, "arms", "us"),
    "an appeal": (PRESS, PRESS.replace("0.1", "0.2 * pact"), "E321", "actions.press.appeal", "pact", "us"),
    "a cost": (PRESS, PRESS.replace("0.05", "0.2 * pact"), "E321", "actions.press.cost", "pact", "us"),
    "a flag of the target": (
        PRESS,
        PRESS.replace("0.05", "0.2 * target.armed"),
        "E321",
        "actions.press.cost",
        "armed.kosovo",
        "russia and us",
    ),
    "a belief": (
        "expects: [{chance: 0.5, add: {status: -1}}]",
        "expects: [{add: {status: -1 - pact}}]",
        "E321",
        "actions.press.expects.0.add.status",
        "pact",
        "us",
    ),
    "the chance of a belief": ("chance: 0.5", "chance: arms", "E321", "actions.press.expects.0.chance", "arms", "us"),
    "an effect on an issue": (
        "effects: [{add: {status: 1}}]",
        "effects: [{when: pact, add: {status: 1}}]",
        "E321",
        "actions.rally.effects.0.when",
        "pact",
        "us",
    ),
    "a measure": (
        PRESS,
        PRESS.replace("0.05", "0.2 * plot"),
        "E321",
        "actions.press.cost",
        "pact (through the measure plot)",
        "us",
    ),
    "a lean": (LEAN, "lean: 0.1 * pact", "E322", f"{VOTE}.lean", "pact", "us"),
    "what follows from a vote": (
        "pass: [{add: {status: 20}}]",
        "pass: [{when: arms > 0.5, add: {status: 20}}]",
        "E322",
        f"{VOTE}.pass.0.when",
        "arms",
        "us and kosovo",
    ),
    "what members expect": (
        LEAN,
        f"{LEAN}\n      pass_expects: [{{add: {{status: 5 * pact}}}}]",
        "E322",
        f"{VOTE}.pass_expects.0.add.status",
        "pact",
        "us",
    ),
    "whom an act is directed at": (
        "each: not target.recognised",
        "each: not target.armed",
        "E321",
        "actions.rally.targets.each",
        "armed.russia and armed.kosovo",
        "us",
    ),
    "a group": (TIME, '"it is time": "any(armed, powers)"', "E321", NEED, "armed.us and armed.russia", "russia and us"),
    "how long ago": (TIME, '"it is time": days_since.pact > 3', "E321", NEED, "pact", "us"),
    "where another stands": (
        PRESS,
        PRESS.replace("0.05", "0.001 * position.russia.status"),
        "E321",
        "actions.press.cost",
        "position.russia.status",
        "us",
    ),
    "a question put in secret": (
        TIME,
        '"it is time": not asked.offer.kosovo',
        "E321",
        NEED,
        "asked.offer.kosovo",
        "us",
    ),
    "an answer": (
        "title: We will, appeal: 0.1",
        "title: We will, appeal: 0.1 * arms",
        "E321",
        "asks.offer.answers.yes.appeal",
        "arms",
        "kosovo",
    ),
    "what another has learned": (TIME, '"it is time": not knows.us.pact', "E321", NEED, "knows.us.pact", "russia"),
    "the guard of another": (EXPOSE, "when: knows.kosovo.pact and pact", "E321", "actions.expose.when", "pact", "us"),
    "a guard beside an or": (EXPOSE, "when: self.knows.pact or pact", "E321", "actions.expose.when", "pact", "us"),
    "the wrong side of an if": (
        PRESS,
        PRESS.replace("0.05", '"0.1 if self.knows.pact else 0.2 * pact"'),
        "E321",
        "actions.press.cost",
        "pact",
        "us",
    ),
    "public news of an event": (
        "when: unrest > 0.25",
        "when: unrest > 0.25 and pact",
        "W804",
        "events.clashes.when",
        "pact",
        "us",
    ),
    "public news of an effect": (
        "when: target.is.us, add: {unrest: 0.02}",
        'when: arms > 0.5, add: {unrest: 0.02}, dispatch: "Tanks roll."',
        "W804",
        "actions.warn.effects.0.when",
        "arms",
        "us and kosovo",
    ),
    "a reply to a deed in secret": ("  spy:\n", f"{REPLY}  spy:\n", "E602", "actions.protest.by.0", "learn of", "us"),
}


def test_the_story_has_no_breach(tmp_path: Path) -> None:
    """Guards, own flags, what the world does, and secrets of those who know them are none."""
    assert [str(problem) for problem in check(tmp_path, STORY).problems] == []


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES.keys())
def test_each_breach_is_found(tmp_path: Path, breach: Breach) -> None:
    """Where it stands, with what is read and who can't know it, and with a remedy."""
    old, new, code, where, reads, who = breach
    found = [problem for problem in check(tmp_path, replaced(old, new, STORY)).problems if problem.code[0] != "I"]
    told = [(problem.code, problem.where, problem.message) for problem in found]
    messages = [message for *place, message in told if place == [code, where]]
    message = next((message for message in messages if reads in message), "")
    assert message, told
    assert re.search(rf"\b{who}\b", message)
    assert re.search("guard it with|read what|add .* to|keep a flag|reveal it|known_to", message)
    line = next(n for n, text in enumerate(replaced(old, new, STORY).splitlines(), 1) if new.splitlines()[-1] in text)
    assert any(abs(problem.line - line) <= 3 for problem in found)


FINE = {
    "a guard in the same and": (TIME, '"it is time": self.knows.pact and pact'),
    "a guard behind if": (PRESS, PRESS.replace("0.05", '"0.2 * pact if self.knows.pact else 0.1"')),
    "a guard beside an or that denies it": (TIME, '"it is time": not self.knows.pact or pact'),
    "a guard in the conditions": (
        f"{EXPOSE}\n    once: true\n    tempo: 2w\n",
        f"{EXPOSE}\n    once: true\n    tempo: 2w\n    appeal: 0.2 * pact\n",
    ),
    "only those who know": (TIME, '"it is time": self.is.us or arms > 0.5'),
    "one's own": (TIME, '"it is time": not self.armed'),
    "what was coded": (PRESS, PRESS.replace("0.05", "0.001 * coded.russia.status")),
    "what nobody foresees": (
        "effects: [{add: {status: 1}}]",
        "effects: [{when: pact, add: {status: 1}, unforeseen: true}]",
    ),
    "what moves no issue": (
        "effects: [{add: {status: 1}}]",
        "effects: [{add: {status: 1}}, {when: pact, add: {unrest: 0.1}}]",
    ),
    "a rumour": ("chance_per_week: 0.15 * unrest", "chance_per_week: 0.15 * unrest + 0.1 * pact"),
    "news that reveal it": (
        "when: unrest > 0.25\n    chance_per_week: 0.15 * unrest\n    effects: [{add: {unrest: 0.2}}]",
        "when: pact\n    chance_per_week: 0.15 * unrest\n    effects: [{add: {unrest: 0.2}, reveal: {pact: actors}}]",
    ),
}


@pytest.mark.parametrize(("old", "new"), FINE.values(), ids=FINE.keys())
def test_what_is_no_breach_is_not_found(tmp_path: Path, old: str, new: str) -> None:
    """What can't bear on what somebody does, or only where it is known."""
    found = check(tmp_path, replaced(old, new, STORY)).problems
    assert [str(p) for p in found if p.code in ("E321", "E322", "W804") or p.severity == "error"] == []


@pytest.mark.parametrize("name", list_scenarios())
def test_no_bundled_scenario_has_a_breach(name: str) -> None:
    """Nobody acts on what it can't know there."""
    assert [str(problem) for problem in check_scenario(name).problems if problem.code in ("E321", "E322", "W804")] == []
