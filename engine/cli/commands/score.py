"""`brink score`: a locked forecast beside what came."""

from __future__ import annotations

from engine.assessment.errors import AssessmentError
from engine.assessment.forecasts import RULE
from engine.assessment.lock import Lock, read_lock
from engine.assessment.scoring import Scored, score_lock
from engine.cli.arguments import Arguments
from engine.cli.paper import LOUD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.targets import history_in, there
from engine.prose import counted
from engine.scenario.history import History
from engine.scenario.load import check_scenario, list_scenarios
from engine.scenario.places import SEEDS
from engine.scenario.sources import read_sources


def execute(arguments: Arguments) -> int:
    """Reads, scores and prints."""
    with at_work("reading the lock"):
        lock = read_lock(there(arguments.lock))
        found = score_lock(lock, record_of(lock, arguments.record))
    if arguments.json:
        answers = {"scores": list(found.rows()), "answers": list(found.answers())}
        print_json(
            {"scenario": lock.scenario["id"], "made": lock.made, "seal": lock.seal, "runs": lock.runs, **answers}
        )
    else:
        tell(Paper(), found)
    return 0


def record_of(lock: Lock, file: str | None) -> History:
    """What came: the history in a file, or that of the bundled scenario.

    Raises :class:`~engine.assessment.errors.AssessmentError`, and what reading raises.
    """
    name = str(lock.scenario["id"])
    if file is not None:
        sources = read_sources(SEEDS, SEEDS.name).sources if SEEDS.is_dir() else {}
        return history_in(file, lock.scenario_there, sources)
    history = check_scenario(name).history if name in list_scenarios() else None
    if history is None:
        raise AssessmentError(f"no bundled scenario is called {name}, so say with --record FILE what came")
    return history


def tell(paper: Paper, found: Scored) -> None:
    """Each score with the number of targets and runs behind it, then every answer."""
    lock = found.lock
    paper.title(lock.scenario["title"])
    paper.put(as_text(f"locked on {lock.made}, {counted(lock.runs, 'run')}, seed {lock.seed}; the seal holds", QUIET))
    for row in found.rows():
        known = "known when it was locked" if row["was_known"] else "not known when it was locked"
        unit = f", {row['unit']}" if row["unit"] else ""
        asked = f"{counted(row['targets'], 'target')}, {counted(row['questions'], 'question')}{unit}; lower is better"
        paper.heading(f"{row['title']}: {known}", asked)
        ranked = sorted(row["of"].items(), key=lambda one: float(one[1]))
        rows = [
            (as_text(f"{value:.3f}", LOUD if name == RULE else ""), lock.forecasters[name]) for name, value in ranked
        ]
        paper.table(rows, right="rl", indent=0)
    missed = [answer for answer in found.answers() if answer["missed"]]
    paper.heading("Missed", "what came and had a chance below 10 %, or lay outside the middle 90 %")
    for answer in missed:
        about = f" ({answer['about']})" if answer["about"] else ""
        paper.item(f"{lock.targets[answer['target']]['title']}{about}: {answer['came']}")
    if not missed:
        paper.put(as_text("Nothing."))
