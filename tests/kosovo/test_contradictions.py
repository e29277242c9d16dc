"""No line of the news takes back another: by rules, in games by the rule."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from tests.hunting.pairs import Never, contradictions, never

GAMES = 200

BEFORE_A_DECLARATION = (
    "pledge",
    "stand_ready",
    "say_exhausted",
    "urge_coordination",
    "rally_street",
    "vow_to_annul",
    "threaten_veto",
    "demand_talks",
    "propose_statement",
    "table_more_talks",
    "table_independence",
    "up_accord_status",
    "down_accord_status",
    "sign_accord",
    "sign_extension",
)
"""What has no object any more once Pristina has called its assembly."""

AFTER_A_DECLARATION = (
    "recognise",
    "annul_acts",
    "leave_to_members",
    "table_condemnation",
    "urgent_meeting",
    "break_away",
)
"""What answers a declaration."""

TALKS = ("up_accord_status", "down_accord_status", "sign_accord", "sign_extension")

pytestmark = pytest.mark.slow


def table(scenario: Scenario) -> list[Never]:
    """The pairs that players of the scenario found or feared."""
    leavers, comers = (
        ("congo", "ghana", "peru", "qatar", "slovakia"),
        ("burkina_faso", "costa_rica", "croatia", "libya"),
    )
    texts = ("table_independence", "table_more_talks", "propose_statement")
    doubters = scenario.groups["recognisers"]
    return [
        *never("flag called", "below", BEFORE_A_DECLARATION, "the assembly is called"),
        *never(AFTER_A_DECLARATION, "below", "flag called", "nobody answers what was not done"),
        *never(AFTER_A_DECLARATION, "below", "proclamation"),
        *never("proclamation", "below", ("debate_december", "debate_january", "debate_february")),
        *never("deadline_day", "below", TALKS, "the time that the UN had given is over"),
        *never("flag settled", "below", ("pledge", "recognise", "declare_coordinated", "declare_unilaterally")),
        *never("seats_change", "below", [f"{text}: {member} yes" for text in texts for member in leavers]),
        *never([f"{text}: {member} yes" for text in texts for member in comers], "below", "seats_change"),
        *never("table_mission passed", "below", ("table_mission", "invite_mission"), "it is agreed"),
        *never("freeze_europe", "below", "choose_europe"),
        *never("table_protection", "below", "table_protection failed", "nobody refuses to condemn riots"),
        *never("flag partitioned", "below", "join_pristina"),
        *(pair for state in doubters for pair in never(f"rule_out by {state}", "below", f"recognise by {state}")),
        *(pair for state in doubters for pair in never(f"recognise by {state}", "below", f"rule_out by {state}")),
        *(
            pair
            for state in scenario.groups["onlookers"]
            for word in ("lobby", "press_hesitant", "court_recognisers")
            for pair in never(f"recognise by {state}", "after", f"{word} at {state}")
        ),
    ]


def test_no_news_takes_back_other_news(rules: Rules) -> None:
    """Two hundred games by the rule hold no pair of the table."""
    assert contradictions(rules, table(rules.scenario), games=GAMES) == []
