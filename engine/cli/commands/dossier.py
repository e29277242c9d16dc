"""`brink dossier`: what is known of an actor, and from where."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from engine.cli.arguments import Arguments
from engine.cli.paper import LOUD, QUIET, Paper, as_text, print_json
from engine.cli.scenarios import fit_report, known_actor
from engine.play.wording import days_in_words, nearest_point, term_in_words, titles
from engine.scenario.models import Action, Actor, Evidence, Scenario, Seat, Sourced
from engine.scenario.sources import Sources


def execute(arguments: Arguments) -> int:
    """Prints the dossier."""
    report = fit_report(arguments.scenario)
    scenario = report.scenario
    assert scenario is not None
    dossier = Dossier(scenario, known_actor(scenario, arguments.actor), report.sources)
    if arguments.json:
        print_json(dossier.as_json())
    else:
        dossier.tell(Paper())
    return 0


class Dossier:
    """Everything that a scenario says of one actor."""

    def __init__(self, scenario: Scenario, actor: str, sources: Sources) -> None:
        self.scenario, self.actor, self.sources = scenario, actor, sources

    @property
    def record(self) -> Actor:
        """What the scenario says under the actor's name."""
        return self.scenario.actors[self.actor]

    @property
    def groups(self) -> list[str]:
        """The groups that it belongs to."""
        return [group for group, members in self.scenario.groups.items() if self.actor in members]

    @property
    def seats(self) -> list[tuple[str, Seat]]:
        """Its seats, with the institution of each."""
        bodies = self.scenario.institutions.items()
        return [(name, seat) for name, body in bodies for seat in body.seats if seat.actor == self.actor]

    @property
    def actions(self) -> dict[str, Action]:
        """What it may do."""
        actions = self.scenario.actions.items()
        return {name: action for name, action in actions if self.actor in self.scenario.members(action.by)}

    def targets(self, action: Action) -> list[str]:
        """At whom it may direct an action."""
        return [who for who in self.scenario.members(action.targets or ()) if who != self.actor]

    def tell(self, paper: Paper) -> None:
        """The dossier, from who this is to what it may do."""
        paper.title(self.record.title)
        side = "a side to play" if self.record.playable else "not a side to play"
        paper.put(as_text(f"{self.actor}, {side}, weight {self.record.capability:g}", QUIET))
        if self.record.summary:
            paper.blank()
            paper.paragraphs(self.record.summary)
        told = (("wants", self.record.wants), ("fears", self.record.fears), ("groups", ", ".join(self.groups)))
        rows = [(word, text) for word, text in told if text]
        if rows:
            paper.blank()
            paper.table(rows)
        self.tell_support(paper, self.record)
        self.tell_stances(paper)
        self.tell_seats(paper)
        self.tell_actions(paper)

    def tell_stances(self, paper: Paper) -> None:
        """Where it stands on each issue, and why that is thought."""
        paper.heading("Stances", "the point of the scale that it wants, and how much it cares (0 to 1)")
        if not self.record.stances:
            paper.put("None: nothing in this crisis matters to it.")
        for issue, stance in self.record.stances.items():
            words = nearest_point(self.scenario, issue, stance.position)
            spread = f" give or take {stance.spread:g}" if stance.spread else ""
            title = as_text(self.scenario.issues[issue].title, LOUD)
            paper.put(
                Text.assemble(title, as_text(f": {stance.position:g}{spread}, {words}; cares {stance.salience:g}"))
            )
            self.tell_support(paper, stance)

    def tell_seats(self, paper: Paper) -> None:
        """Where it votes."""
        if self.seats:
            paper.heading("Seats")
        for name, seat in self.seats:
            body = self.scenario.institutions[name]
            rule = body.passes
            extras = [term_in_words(seat)]
            extras += ["its no blocks"] if self.actor in rule.veto else []
            extras += [f"weight {rule.weights.get(self.actor, 1)}"] if rule.weights else []
            paper.item(f"{body.title}: {', '.join(extras)}")

    def tell_actions(self, paper: Paper) -> None:
        """What it may do, how readily, and what was said on it."""
        paper.heading("What it may do", "with the mean wait of an actor who gains nothing by it")
        if not self.actions:
            paper.put("Nothing but vote." if self.seats else "Nothing.")
        for name, action in self.actions.items():
            limits = ["once"] if action.once else []
            limits += [f"again after {days_in_words(action.cooldown)}"] if action.cooldown else []
            paper.put(
                Text.assemble(
                    as_text(action.title, LOUD),
                    as_text(f" ({', '.join([name, days_in_words(action.tempo), *limits])})", QUIET),
                )
            )
            if action.summary:
                paper.paragraphs(action.summary, indent=2)
            if action.targets:
                paper.put(as_text(f"at: {titles(self.scenario, self.targets(action))}"), indent=2)
            if action.vote:
                body = self.scenario.institutions[action.vote.institution]
                paper.put(as_text(f"puts to {body.in_text or body.title}: {action.vote.question}"), indent=2)
            self.tell_support(paper, action)

    def tell_support(self, paper: Paper, record: Sourced) -> None:
        """The quotes of a record, and what was assumed."""
        for quote in record.evidence:
            speaker = f", {quote.by}" if quote.by else ""
            paper.item(f'"{quote.quote}"{speaker}', indent=2)
            paper.put(as_text(self.source(quote), QUIET), indent=4)
            if quote.reading:
                paper.put(as_text(f"read as: {quote.reading}"), indent=4)
        if record.assumed:
            paper.item(f"assumed: {record.assumed}", indent=2)

    def source(self, quote: Evidence) -> str:
        """Title, day and publisher of a quote's source."""
        entry = self.sources[quote.source].entry
        return f"{', '.join(filter(None, (entry.publisher, str(entry.date))))}: {entry.title}"

    def as_json(self) -> dict[str, Any]:
        """The dossier in plain dictionaries and lists."""
        record = self.record
        return {
            "scenario": self.scenario.id,
            "actor": self.actor,
            "title": record.title,
            "summary": record.summary,
            "wants": record.wants,
            "fears": record.fears,
            "playable": record.playable,
            "capability": record.capability,
            "groups": self.groups,
            **self._support(record),
            "stances": [
                {
                    "issue": issue,
                    "title": self.scenario.issues[issue].title,
                    "position": stance.position,
                    "words": nearest_point(self.scenario, issue, stance.position),
                    "salience": stance.salience,
                    "spread": stance.spread,
                    **self._support(stance),
                }
                for issue, stance in record.stances.items()
            ],
            "institutions": [
                {
                    "id": name,
                    "title": self.scenario.institutions[name].title,
                    "from": seat.since.isoformat() if seat.since else None,
                    "until": seat.until.isoformat() if seat.until else None,
                    "veto": self.actor in self.scenario.institutions[name].passes.veto,
                }
                for name, seat in self.seats
            ],
            "actions": [
                {
                    "id": name,
                    "title": action.title,
                    "summary": action.summary,
                    "tempo_days": action.tempo,
                    "once": action.once,
                    "cooldown_days": action.cooldown,
                    "targets": self.targets(action),
                    "institution": action.vote.institution if action.vote else None,
                    "question": action.vote.question if action.vote else None,
                    **self._support(action),
                }
                for name, action in self.actions.items()
            ],
        }

    def _support(self, record: Sourced) -> dict[str, Any]:
        return {"evidence": [self._quote(quote) for quote in record.evidence], "assumed": record.assumed}

    def _quote(self, quote: Evidence) -> dict[str, Any]:
        entry = self.sources[quote.source].entry
        return {
            "quote": quote.quote,
            "by": quote.by,
            "reading": quote.reading,
            "source": quote.source,
            "title": entry.title,
            "publisher": entry.publisher,
            "date": entry.date.isoformat(),
        }
