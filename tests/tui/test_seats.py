"""Two people in one game, line by line: a curtain between them, and to each what happened as seen from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from textual.content import Content

from engine.play.ahead.forecaster import Forecaster
from engine.play.candour import shown_stance
from engine.play.crisis import Crisis
from engine.play.session import Session
from engine.play.store import Store
from tests.play.sight.worlds import SECRETIVE, crisis_in
from tests.scenario.minimal import replaced
from tests.tui.stage import SEED, new_session
from tui.dialogue import WIDTH, Line
from tui.glyphs import UNICODE
from tui.lines.debrief import debrief_lines
from tui.lines.news import archive_lines
from tui.lines.report import report_lines
from tui.match import Match
from tui.plain import PlainGame
from tui.turns import CURTAIN

SIGNED = "Sign the pact"

FOUND_OUT_IN = 1
"""A seed with which a spy finds something out."""

SIGNED_IN = 9
"""A seed with which Moscow signs the pact."""


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """A crisis with secrets."""
    return crisis_in(tmp_path_factory.mktemp("secretive"))


def played(crisis: Crisis, session: Session, home: Path, *answers: str) -> list[str]:
    """What is told in a game in which this is typed."""
    shown: list[str] = []
    typed: Iterator[str] = iter(answers)

    def read() -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        return line

    PlainGame(Line(read, shown.append), Store(home / "lines")).play(crisis, session)
    return shown


def test_a_curtain_and_a_report_of_the_own(home: Path, secretive: Crisis, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Moscow orders and does in secret is behind blank lines, and in no report of Washington's."""
    monkeypatch.setattr(PlainGame, "wait_for_odds", lambda _game: None)
    session = new_session(secretive, ("russia", "us"), seed=SEED)
    pact = next(e.option for e in session.view("russia").legal if e.option.action == "sign")
    number = 1 + [e.option for e in session.view("russia").legal].index(pact)
    shown = played(secretive, session, home, str(number), "e !", "", "e !", "", "h", "e !", "", "a", "q")
    curtains = [n for n, line in enumerate(shown) if line.startswith("The desk of ")]
    assert [shown[n].split(".")[0] for n in curtains] == [
        "The desk of United States", "The desk of Russia", "The desk of United States",
    ]  # fmt: skip
    assert all(not any(shown[n - CURTAIN : n]) for n in curtains)
    parts = [shown[a:b] for a, b in zip([0, *curtains], [*curtains, len(shown)], strict=True)]
    mentions = [any(SIGNED in line for line in part) for part in parts]
    reports = [any("What happened in the turn" in line for line in part) for part in parts]
    assert mentions == [True, False, True, False]
    assert reports == [False, False, True, True]


def test_the_end_tells_who_knew_what_and_when(home: Path, secretive: Crisis) -> None:
    """The debrief lists secrets and what each person did not learn; the dispatches say who read them."""
    session = new_session(secretive, ("us",), seed=SIGNED_IN)
    match = Match(secretive, session, Store(home / "end"), Forecaster(secretive.rules, 0), futures=20)
    with match.forecaster:
        while not session.is_over:
            assert SIGNED not in told(archive_lines(session, "us", WIDTH))
            session.end_turn()
        found = told(debrief_lines(match, WIDTH, UNICODE))
    assert "Who knew what, and when" in found
    assert "A pact is signed: so since" in found
    assert "Known to Russia, Kosovo" in found
    assert "What the United States did not learn at the time" in found
    assert f"Russia: {SIGNED}: Kosovo  (known to Russia, Kosovo)" in found


def told(lines: Iterable[str | Content]) -> str:
    """Lines as text."""
    return "\n".join(line if isinstance(line, str) else line.plain for line in lines)


@pytest.mark.parametrize(("level", "told_so"), [("attache", False), ("statesman", True)])
def test_at_the_hardest_level_no_chance_of_a_vote_is_told(
    level: str, told_so: bool, home: Path, secretive: Crisis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member's vote is told without a number there, and so is what they come to."""
    monkeypatch.setattr(PlainGame, "wait_for_odds", lambda _game: None)
    shown = played(secretive, new_session(secretive, ("us",), level), home, "v 1", "q")
    assert any("chance ?" in line for line in shown) == told_so


def test_what_was_found_out_is_told_and_shown(tmp_path: Path) -> None:
    """In the report of the turn in which it was revealed; a stance then stands as it is, at the hardest level too."""
    crisis = crisis_in(
        tmp_path, replaced("reveal: {pact: us}", "reveal: {pact: us, position.russia.status: us}", SECRETIVE)
    )
    session = new_session(crisis, ("us",), "statesman", seed=FOUND_OUT_IN)
    match = Match(crisis, session, Store(tmp_path / "saves"), Forecaster(crisis.rules, 0), futures=20)
    found: list[tuple[bool, bool]] = []
    with match.forecaster:
        while not session.is_over and session.turn < 6:
            for option in [e.option for e in session.view("us").legal if e.option.action == "spy"]:
                session.choose("us", option)
            turn = session.end_turn()
            shown = shown_stance(session, "russia", "status", "us")
            assert shown is not None
            report = told(report_lines(match, turn, WIDTH, UNICODE))
            found.append(("What you have learned\n  A pact is signed: " in report, shown.position is not None))
    learned = [told_now for told_now, _shown in found]
    assert learned.count(True) == 1
    assert [shown_now for _told, shown_now in found] == [n >= learned.index(True) for n in range(len(found))]
