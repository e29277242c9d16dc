"""Section 3 of the design: what an actor loses by the world as it is, and what it expects to win by what is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from engine.scenario.models import Belief, Each, Effect, Ending
from engine.scenario.names import Reference
from tests.reference.arithmetic import exponential, held
from tests.reference.effects import counting
from tests.reference.expressions import Standpoint
from tests.reference.world import World


@dataclass(frozen=True)
class Prospect:
    """What may happen to issues: whether its condition holds, its chance if it has one, and what it adds and sets."""

    holds: bool
    chance: float | None
    added: dict[str, float]
    placed: dict[str, float]


def prospects(changes: Iterable[Effect | Belief], scene: Standpoint, each: Each | None = None) -> Iterator[Prospect]:
    """What effects and beliefs may do to issues, as if all happened at once; what is put off counts in full."""
    issues = scene.world.scenario.issues
    for change in changes:
        if isinstance(change, Effect) and change.unforeseen:
            continue
        added = [issue for issue in change.add if issue in issues]
        placed = [issue for issue in change.set if issue in issues]
        if added or placed:
            for one, holds in counting(change, scene, each):
                yield Prospect(
                    holds,
                    None if change.chance is None else one.probability(change.chance),
                    {issue: one.number(change.add[issue]) for issue in added},
                    {issue: one.number(change.set[issue]) for issue in placed},
                )


def reliefs(world: World, judge: str, foreseen: Sequence[Prospect]) -> dict[str, float]:
    """By issue, how much smaller an actor's loss is expected to be: L(now) - E[L(after)], exactly."""
    found = {}
    for issue, weight in world.story.weights[judge].items():
        bearing = [prospect for prospect in foreseen if issue in prospect.added or issue in prospect.placed]
        if bearing:
            found[issue] = relieved(world, judge, issue, bearing) * weight
    return found


def hurt(world: World, issue: str, far: float) -> float:
    """The loss at a distance, in points of the scale, before it is weighed by salience / span."""
    form, span = world.story.losses[issue], world.story.spans[issue]
    lost = max(far - form.zone * span, 0.0) if form.zone else far
    if form.form == "quadratic":
        lost = lost * lost * (1.0 / span)
    if form.form == "gaussian" and form.width is not None:
        widths = lost * (1.0 / (form.width * span))
        lost = (1.0 - exponential(widths * widths * -0.5)) * span
    if form.reserve is not None and form.steeper is not None:
        lost += max(far - form.reserve * span, 0.0) * (form.steeper - 1.0)
    return lost


def relieved(world: World, judge: str, issue: str, bearing: Sequence[Prospect]) -> float:
    """How much less an issue is expected to hurt, over all ways in which chance may go."""
    wanted = world.state[Reference("position", issue, judge)]
    sure = [prospect for prospect in bearing if prospect.chance is None]
    maybe = [prospect for prospect in bearing if prospect.chance is not None]
    relief = hurt(world, issue, abs(world.state[Reference("issue", issue)] - wanted))
    for happens in product((True, False), repeat=len(maybe)):
        chance, come = 1.0, [*sure]
        for prospect, does in zip(maybe, happens, strict=True):
            assert prospect.chance is not None
            chance *= prospect.chance if does else 1.0 - prospect.chance
            come += [prospect] if does else []
        relief -= hurt(world, issue, abs(after(world, issue, come) - wanted)) * chance
    return relief


def after(world: World, issue: str, come: Sequence[Prospect]) -> float:
    """Where an issue stands after all this: what is added is summed, the largest that is set wins, the scale holds."""
    stands, placed = world.state[Reference("issue", issue)], list[float]()
    for prospect in come:
        if prospect.holds and issue in prospect.added:
            stands += prospect.added[issue]
        if prospect.holds and issue in prospect.placed:
            placed.append(prospect.placed[issue])
    return held(max(placed, default=stands), *world.story.scales[issue])


def score(world: World, actor: str) -> float | None:
    """How well the world fits what an actor wanted at the start, 0 to 100; None where nothing matters to it."""
    lost = worst = 0.0
    for issue, weight in world.story.weights[actor].items():
        low, high = world.story.scales[issue]
        wanted = world.origin[Reference("position", issue, actor)]
        lost += weight * hurt(world, issue, abs(world.state[Reference("issue", issue)] - wanted))
        worst += weight * hurt(world, issue, max(wanted - low, high - wanted))
    return 100.0 * (1.0 - lost / worst) if worst else None


def score_with(world: World, actor: str, ending: Ending | None) -> float | None:
    """The same, with what the ending is to the actor."""
    fit, scenario = score(world, actor), world.story.scenario
    worth = None if ending is None else scenario.worth_of(ending, actor)
    if fit is None or worth is None:
        return fit
    part = 0.5 if scenario.ending_weighs is None else scenario.ending_weighs
    return (1 - part) * fit + part * worth.points
