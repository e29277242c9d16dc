"""What nobody chooses, as code: drift, events and endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules.draws import stream_key
from engine.rules.happenings import DAYS_IN_WEEK
from engine.rules.machine.appraisal import IS_OPEN
from engine.rules.machine.draft import Draft, Pending, Row, Stretch
from engine.rules.machine.expressions import NOBODY, Who
from engine.rules.machine.program import NONE
from engine.rules.machine.tape import ROW, Operand
from engine.scenario.names import find_places

if TYPE_CHECKING:
    from engine.rules.happenings import Occurrence


def drift(draft: Draft) -> Stretch:
    """How things move by themselves: every amount on the world as it stands, then every row."""
    at = draft.stretch()
    tape, on = at.tape, draft.on(at.tape)
    weeks, sums = tape.number(draft.scenario.timeline.pace_in_days / DAYS_IN_WEEK), dict[int, Operand]()
    for dynamic in draft.scenario.dynamics.values():
        members = None if dynamic.each is None else draft.scenario.members(dynamic.each)
        whos = [NOBODY] if members is None else [Who(draft.layout.actors[actor]) for actor in members]
        for place, text in dynamic.per_week.items():
            places = find_places(draft.scenario, whos[0].names, place)
            assert places is not None, f"the checker refuses {place}"
            for row, who in [(on.row(reference, who), who) for reference in places.references for who in whos]:
                holds = tape.pure("MUL", IS_OPEN, on.condition(dynamic.when, who))
                amount = tape.pure("MUL", tape.pure("MUL", on.number(text, who), weeks), holds)
                sums[row] = tape.pure("ADD", sums[row], amount) if row in sums else amount
    assert not sums.keys() & draft.layout.stamps.keys(), "the checker lets no flag drift"
    for row, more in sums.items():
        tape.root.body.append(tape.line("COPY", (ROW, row), on.held(tape.pure("ADD", (ROW, row), more), row)))
    return at


def endings(draft: Draft) -> tuple[Stretch, list[Row]]:
    """The conditions under which a run closes, and a row for each ending."""
    at, rows = draft.stretch(), list[Row]()
    for ending in draft.scenario.endings:
        holds = None if ending.when is None else at.tape.keep(draft.on(at.tape).condition(ending.when))
        rows.append(lambda holds=holds, at_end=int(ending.at_end): (at.slot(holds), at_end))  # type: ignore[misc]
    return at, rows


class Events:
    """The events of a scenario in a draft."""

    def __init__(self, draft: Draft) -> None:
        """All but those that change nothing in the world."""
        self.draft = draft
        self.groups, self.events, self.outcomes = Pending(), Pending(), Pending()
        self.keys: list[int] = []
        self.group_of = [NONE] * (draft.scenario.timeline.paces + 1)
        """By pace the group of its dated events, then that of the undated ones."""
        counted = [occurrence for occurrence in draft.rules.occurrences if not occurrence.is_news_only]
        for due in dict.fromkeys(occurrence.due for occurrence in counted):
            group = self._group([occurrence for occurrence in counted if occurrence.due == due])
            if due is None:
                self.group_of[-1] = group
            elif 0 <= due < draft.scenario.timeline.paces:
                self.group_of[due] = group

    def _group(self, occurrences: list[Occurrence]) -> int:
        """Events that are judged on one state of the world."""
        whens, first = self.draft.stretch(), len(self.events)
        on = self.draft.on(whens.tape)
        for occurrence in occurrences:
            event, keep = occurrence.event, whens.tape.keep
            text = event.chance if event.chance_per_week is None else event.chance_per_week
            chance = None if text is None else keep(on.probability(text))
            self._event(occurrence, keep(on.condition(event.when)), chance, whens)
        last = len(self.events)
        return self.groups.add(lambda: (whens.start, whens.end, first, last))

    def _event(self, occurrence: Occurrence, when: Operand, chance: Operand | None, whens: Stretch) -> None:
        """An event; the weights of its outcomes are worked out only where it happens."""
        at, event = self.draft.stretch(whens), occurrence.event
        on, keep = self.draft.on(at.tape), at.tape.keep
        weights = [keep(on.number(outcome.weight)) for outcome in event.outcomes.values()]
        stream = f"event-effect:{occurrence.id}"
        follows = self.draft.list(event.effects, NOBODY, stream, whens)
        first = len(self.outcomes)
        for (name, outcome), weight in zip(event.outcomes.items(), weights, strict=True):
            then = self.draft.list(outcome.effects, NOBODY, f"{stream}:{name}", whens)
            self.outcomes.add(lambda weight=weight, then=then: (at.slot(weight), then))  # type: ignore[misc]
        last = len(self.outcomes)
        memory = NONE if occurrence.memory is None else occurrence.memory
        weekly = int(event.chance_per_week is not None)
        self.keys.append(stream_key(f"event:{occurrence.id}"))
        self.events.add(
            lambda: (whens.slot(when), memory, at.start, at.end, whens.slot(chance), weekly, follows, first, last)
        )
