"""The news of Suez never contradicts itself: which lines may not stand above, beside or before which."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.hunting.pairs import SEED, Never, contradictions, never, not_within

WAR_AT_SEA_AND_IN_THE_AIR = ("begin_bombing", "widen_bombing", "drop_early", "drop_paratroops", "land_ships")
WORK_OF_LONDON = (*WAR_AT_SEA_AND_IN_THE_AIR, "press_south", "postpone", "issue_ultimatum")

ANSWERS_TO_THE_ULTIMATUM = tuple(
    f"twelve_hours_for_{whom}.{answer}"
    for whom, answers in {
        "cairo": ("reject", "reject_and_ask_washington", "accept"),
        "israel": ("accept", "accept_and_drive_on", "refuse"),
    }.items()
    for answer in answers
)
ANSWERS_TO_MOSCOW = tuple(f"a_note_of_rockets.{answer}" for answer in ("go_on", "ask_washington", "give_ground"))

ANSWERS_TO_WASHINGTON = tuple(f"was_it_arranged.{answer}" for answer in ("deny", "say_nothing", "admit"))

TABLE = [
    # Orders for midnight come after what was done that day, and nothing is done after them.
    *never("flag ceased.uk", "below", WORK_OF_LONDON, "a halt is not followed by a landing or a dash"),
    *never("guns_fall_silent", "below", WORK_OF_LONDON, "and neither are silent guns"),
    *never("flag called_off", "below", WORK_OF_LONDON, "ships that turn back land nobody"),
    *never("flag ceased.israel", "below", ("take_gaza", "open_tiran", "cover_israel"), "Israel has stopped"),
    *never(
        "guns_fall_silent",
        "below",
        ("appeal_for_ceasefire", "table_ceasefire", "renew_call", "accept_ceasefire", "law_not_war", "private_word"),
        "nobody asks for what there is",
    ),
    *never("guns_fall_silent", "below", ("send_notes", "speak_to_nation", "arm_people", "march_in_moscow"), "old news"),
    *never("guns_fall_silent", "below", ("condemn", "urge_london", "hold_for_partners"), "old news"),
    # The ultimatum: twelve hours, an answer, and then the bombers.
    Never("flag bombing", "below", "ultimatum_over", "bombers do not fly before the twelve hours are over"),
    *never("flag bombing", "below", ANSWERS_TO_THE_ULTIMATUM, "it was answered"),
    *never(ANSWERS_TO_THE_ULTIMATUM, "below", "issue_ultimatum", "an answer follows what is asked"),
    *never("ultimatum_over", "below", ANSWERS_TO_THE_ULTIMATUM, "twelve hours are twelve hours"),
    *never("send_notes", "after", "issue_ultimatum", "Moscow wrote when bombs had fallen"),
    *never(ANSWERS_TO_MOSCOW, "below", "send_notes", "an answer follows a letter"),
    *never("flag bombing", "below", ("hold_for_partners", "brief_commonwealth"), "the partners have come"),
    *never("flag ultimatum", "below", ("sail_early", "confide"), "the ships are at sea, and all know why"),
    *never("begin_bombing", "same day", "issue_ultimatum", "twelve hours lie between"),
    # The landing.
    *never("land_ships", "below", ("drop_paratroops", "drop_early", "arm_people", "postpone"), "Port Said is taken"),
    *never("flag landed", "below", ("urge_london", "widen_bombing", "postpone"), "the troops are there"),
    *never("drop_early", "below", "drop_paratroops", "it can be done once"),
    *never("suez_reached", "below", ("press_south", "ismailia"), "there is nowhere left to dash to"),
    # Whoever tables a text votes for it.
    Never("table_soviet_text", "same day", "table_soviet_text: ussr abstains", "Moscow is for its own text"),
    Never("table_soviet_text", "same day", "table_soviet_text: ussr no", "Moscow is for its own text"),
    *(
        Never(text, "same day", f"{text}: {who} {way}", "Moscow voted for this text, and eight others with it")
        for text in ("table_ceasefire", "renew_call", "demand_withdrawal", "demand_forthwith")
        for who in ("ussr", "soviet_bloc")
        for way in ("abstains", "no")
    ),
    Never("table_in_council", "same day", "table_in_council: ussr abstains", "it served Moscow as well"),
    Never("table_in_council", "same day", "table_in_council: us abstains", "Washington is for its own text"),
    Never("propose_force", "same day", "propose_force: canada abstains", "Canada is for its own text"),
    Never("set_up_force", "same day", "set_up_force: nordic abstains", "the Nordic group is for its own text"),
    # A force is asked for, planned, set up, admitted, and lands.
    Never("flag force_planned", "below", "offer_handover", "what London would be glad of is there"),
    Never("flag force_requested", "below", "propose_force", "it has been proposed"),
    *never("first_helmets", "below", ("helmets", "receive_force", "set_up_force", "bare_report"), "they have landed"),
    # Gaza is taken before anybody is killed there, and both killings before a report on both.
    Never("camps", "below", "take_gaza", "the Strip was not held yet"),
    *not_within(1, "while not flag.gaza_taken or days_since.gaza_taken < 12", "camps", "Rafah was on 12 November"),
    *not_within(1, "while days_since.gaza_taken > 20", "camps", "it was known by then"),
    # Before it is begun, nobody speaks of it as done.
    *never("flag attacked", "below", ("warn_israel", "stand_down"), "the day is over"),
    # Who knew: a question is answered after it is asked, and nobody looks for what is in the newspapers.
    *never(ANSWERS_TO_WASHINGTON, "below", "ask_london", "an answer follows a question"),
    *never("two_papers", "below", "was_it_arranged.deny", "a lie is found out after it is told"),
    *never("flag published", "after", ("confront", "publish", "accuse", "let_it_out"), "it is in all newspapers"),
    *never("flag pledged.uk", "below", "confront", "London has promised to leave"),
    # A promise ends what pressed for it.
    *never(
        "flag pledged.uk",
        "below",
        ("hold_oil", "squeeze_sterling", "ask_terms", "ask_for_date", "march_in_moscow", "devaluation", "sellers"),
        "London has promised to leave",
    ),
    *never("flag pledged.uk", "after", ("denounce", "ask_who_is_left", "demand_forthwith"), "London has promised"),
    Never("flag pledged.france", "below", "promise_withdrawal", "Paris waits for London"),
    *never("open_taps", "below", ("hold_oil", "squeeze_sterling", "devaluation", "forgive"), "Washington has forgiven"),
    *never("forgive", "below", ("hold_oil", "squeeze_sterling", "open_taps"), "Washington has forgiven"),
]


@pytest.mark.slow
def test_no_line_contradicts_another(rules: Rules) -> None:
    """In two hundred games no such pair stands."""
    assert contradictions(rules, TABLE, games=200) == []


@pytest.mark.slow
def test_a_run_on_the_pound_shows_on_the_day(rules: Rules) -> None:
    """Where Washington holds its money back, the pound falls by eight points or more on that day."""
    world = rules.open(SEED, runs=100)
    pound, squeezed = (rules.layout.rows[Reference(*of)] for of in (("issue", "pound"), ("flag", "squeezed")))
    falls: list[float] = []
    while not rules.is_over(world):
        before = world.cells[[pound, squeezed]]
        rules.step(world)
        falls += (before[0] - world.cells[pound])[(world.cells[squeezed] > before[1])].tolist()
    assert len(falls) > 50
    assert np.min(falls) >= 8


def test_the_assembly_is_counted_alike_wherever_it_is_spoken_of(suez: Scenario) -> None:
    """The calendar and the institution speak of the same seventy-eight votes."""
    assert "seventy-eight votes" in (suez.calendar["admissions"].summary or "")
    assert "seventy-eight from 12 November" in (suez.institutions["general_assembly"].summary or "")
