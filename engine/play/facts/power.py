"""How much power the rule of a body gives each of its members, for a line beside their votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.power.bodies import BodyPower, body_power
from engine.power.figures import figure
from engine.power.ways import QUICK_STATES, PowerError
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.play.sight.seen import Played
    from engine.scenario.models import Scenario


def power_now(game: Played, institution: str) -> BodyPower | None:
    """The power of those who sit in the open turn; None where it takes too long to work out while somebody waits."""
    try:
        return body_power(game.rules.scenario, institution, game.day, QUICK_STATES, may_abstain=False)
    except PowerError:
        return None


def powers_in_words(scenario: Scenario, found: BodyPower | None) -> str:
    """The two indices of each kind of member in a row, the most powerful first; nothing where they are not known."""
    if found is None:
        return ""
    actors = scenario.actors
    kinds = [
        ngettext("{title} {one}, {other}", "{many} members such as {title} {one}, {other}", len(kind.members)).format(
            title=actors[kind.members[0]].title,
            many=len(kind.members),
            one=figure(kind.power.shapley_shubik),
            other=figure(kind.power.banzhaf_normalised),
        )
        for kind in found.kinds
    ]
    return _("Power by the rule alone (Shapley-Shubik, Banzhaf): {kinds}").format(kinds="; ".join(kinds))


def power_in_words(found: BodyPower | None, actor: str) -> str:
    """The two indices of a member, where they are known."""
    powers = found.measured.powers if found is not None else ()
    power = next((power for power in powers if power.voter == actor), None)
    if power is None:
        return _("Its power by the rule alone: `brink power` works it out.")
    return _("Its power by the rule alone: Shapley-Shubik {one}, Banzhaf {other}").format(
        one=figure(power.shapley_shubik), other=figure(power.banzhaf_normalised)
    )
