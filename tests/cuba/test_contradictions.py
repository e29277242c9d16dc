"""No line of news stands against another, in two hundred games by the rule."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from tests.hunting.pairs import contradictions, never, not_within

OFFERS = ["public_answer", "visit"]
"""What Washington lets Moscow know of a bargain, in public or by Robert Kennedy's visit."""

WRITTEN_TO = ["offer_no_invasion_for_withdrawal", "offer_assurance_for_quiet_withdrawal", "public_answer"]
"""How Washington takes up what Moscow has written."""

MOVES_OF_WAR = [
    *["sac_alert", "hunt_submarines", "fly_low", "board_ship", "tighten_blockade", "air_strike"],
    *["after_the_u2.bomb_battery", "after_the_battery.free_the_batteries"],
    *["under_the_destroyers.fire", "shots_without_order.fire_back"],
    *["free_the_guns", "man_radars", "hurry_sites", "alert_forces", "squeeze_berlin", "hold_course", "denounce"],
]

ACCIDENTS = ["u2_shot", "low_jet_hit", "submarine", "u2_astray", "ship_shot_at", "false_alarm", "nobodys_order"]

OVER_CUBA = ["u2_shot", "low_jet_hit"]
"""What needs an American aircraft over Cuba."""

ASKED_BY = {
    "u2_shot": [f"after_the_u2.{answer}" for answer in ("bomb_battery", "ask_moscow", "hold_fire")],
    "submarine": [f"under_the_destroyers.{answer}" for answer in ("surface", "slip_away", "fire")],
}
"""How the accidents of a night are answered."""

LETTERS = [
    *not_within(6, "public_answer", "broadcast", "what is offered at night is answered in the morning"),
    *not_within(6, "visit", "broadcast", "in private as well"),
    *not_within(12, "letter_arrives", WRITTEN_TO, "the night between letter and answer was the crisis"),
    *not_within(12, "appeal_for_pause", ["accept_pause_us", "accept_pause_ussr"], "and so does U Thant's letter"),
    *never("public_answer", "below", "letter_arrives", "what was promised in public is not asked for in private"),
    *never(["visit", "the_trade"], "below", "second_letter", "nobody asks aloud for what he was just given"),
    *never("the_trade", "below", OFFERS, "a public trade is not forgotten overnight"),
    *never("keep_ships_apart", "below", "appeal_for_pause", "a second letter follows a first"),
]

THE_LAST_WORD = [
    *never(
        "lost", "below", [*OFFERS, *MOVES_OF_WAR, *ACCIDENTS, "letter_arrives", "broadcast"], "nothing comes after it"
    ),
    *never("broadcast", "below", [*OFFERS, *MOVES_OF_WAR, *ACCIDENTS], "the withdrawal ends the day, and the story"),
    *not_within(1, "broadcast", ACCIDENTS, "and nobody is asked anything after it"),
    *not_within(24, "air_strike", "invade", "a landing follows the bombs"),
    *never("broadcast", "below", ["offer_warships", "stand_by", "five_points", "second_letter", "letter_arrives"]),
    *never("air_strike", "below", [*OFFERS, "broadcast", "letter_arrives"], "bombs end the talking"),
    *never("flag written", "after", ["hold_course", "denounce", "squeeze_berlin"], "its message is written"),
    *never("swallow_strike", "below", "answer_strike", "who calls for a truce fires no rockets"),
]

STATE = [
    *never(["choose_quarantine", "speak"], "after", "argue_for_blockade", "what has been chosen is not drawn up"),
    *never("while at_line", "same day", "argue_for_blockade", "nor what is there"),
    *never("show_photographs", "below", ["council_opens", "debate"], "it was one meeting, which was called first"),
    *never("debate", "below", "council_opens", "which was called first"),
    *never("speak", "below", "leak", "nothing is left to leak"),
    *not_within(24, "rest_flights", OVER_CUBA, "no aircraft is hit that stays away"),
    *not_within(1, "while kept_clear", ["fly_low", "free_the_guns", *OVER_CUBA], "none flies that is to stay away"),
    *never("stop_work", "after", "hurry_sites", "work has stopped"),
    *never(["turn_ships", "accept_pause_ussr"], "below", ["hold_course", "ship_shot_at"], "ships that turned are away"),
    *never(["turn_ships", "accept_pause_ussr"], "below", "denounce", "captains who will not obey have not turned"),
    *not_within(1, "while pause", ["board_ship", "sac_alert", "tighten_blockade"], "both have agreed to pause"),
    *never("admit_inspectors", "below", "refuse_inspection"),
    *never("refuse_inspection", "below", "admit_inspectors"),
]


AT_NIGHT = [
    *not_within(1, "u2_shot", ASKED_BY["u2_shot"], "some hours lie between"),
    *not_within(1, "submarine", ASKED_BY["submarine"], "some hours lie between"),
    *never("lost", "below", [*ASKED_BY["u2_shot"], *ASKED_BY["submarine"]], "nobody is left to answer"),
    *never(ASKED_BY["u2_shot"], "below", "u2_shot", "nobody answers for a pilot who came home"),
]


@pytest.mark.slow
def test_no_two_lines_contradict_each_other(rules: Rules) -> None:
    """Letters take a night, the last word is the last, and nothing is told that the state denies."""
    assert contradictions(rules, [*LETTERS, *THE_LAST_WORD, *STATE, *AT_NIGHT], games=200) == []
