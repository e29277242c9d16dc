"""The scenario format, version 1: what each field is called, what it holds, and what it means.

A room for each part of the format, in the order in which one reads it: quantities, state, actors, effects, choices,
course, promises, scenario. The models only say what shape a scenario has. Whether the names in it exist, the
expressions fit and the quotes stand in their sources is checked afterwards (``engine.scenario.references``).
"""

from engine.scenario.models.actors import Actor, Institution, PassRule, Seat, Stance
from engine.scenario.models.choices import ASKED, ONE, SEVERAL, Action, Ask, Choice, Each, Reply, Targets, Vote
from engine.scenario.models.course import CalendarEntry, Dynamic, Ending, Event, Worth
from engine.scenario.models.effects import Belief, Effect
from engine.scenario.models.promises import Case, Claim, Expectation
from engine.scenario.models.quantities import PARTS, WHOLE, Amount
from engine.scenario.models.scenario import EVERYONE, FORMAT, Scenario
from engine.scenario.models.state import CURVE, NAMED, Loss, Secret
from engine.scenario.models.words import Draft, Threat, Undertaking, Words

__all__ = [
    "ASKED",
    "Action",
    "Actor",
    "Amount",
    "Ask",
    "Belief",
    "CURVE",
    "CalendarEntry",
    "Case",
    "Choice",
    "Claim",
    "Draft",
    "Dynamic",
    "EVERYONE",
    "Each",
    "Effect",
    "Ending",
    "Event",
    "Expectation",
    "FORMAT",
    "Institution",
    "Loss",
    "NAMED",
    "ONE",
    "PARTS",
    "PassRule",
    "Reply",
    "SEVERAL",
    "Scenario",
    "Seat",
    "Secret",
    "Stance",
    "Targets",
    "Threat",
    "Undertaking",
    "Vote",
    "WHOLE",
    "Words",
    "Worth",
]
