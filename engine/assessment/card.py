"""A calibration card: how well a scenario does against what happened, in one page of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.assessment.questions import DAY, RANK, YES_NO
from engine.prose import counted

Plain = Mapping[str, Any]

ROW = re.compile(r"^\| (scenario|targets|rules|method) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
"""A line of the card's table of hashes."""

SEED = re.compile(r"^Seed (\d{1,20}),", re.MULTILINE)
"""Where a card says its seed."""

OF = {
    "scenario": "the content of the scenario",
    "targets": "the targets, and what came of them",
    "rules": "what the first runs come to",
    "method": "the program that asks and scores",
}
"""What each hash is of."""

MARKS = re.compile(r"[<\[\]*`]")
"""What begins a tag, a link, emphasis or code."""

HOW_TOLD = (
    "Of a yes or no, an order or a ballot: the chance that runs gave to what came, with its 95 % interval (Wilson). "
    "Of a day or a number: the middle of the runs, and where the middle 90 % of them lie. A day is that on which its "
    "pace opens. Scores are Brier's of a yes or no, ranked probability of an order or ballot, CRPS in days, or CRPS as "
    "a share of the range; that of one question is the luck of one draw."
)
MOVED = (
    "Each side that people may play is moved by a tenth of the scale, on the issue for which it cares most of those on "
    "which main sides differ, and every question is asked again on the same chance. A question *moves* where its "
    "interval, wide enough for all questions together (95 %, Bonferroni), does not hold 0. Where nothing moves, the "
    "scenario does not hang on that stance, as far as these questions and runs tell."
)
SAME = "The same command gives the same digits."


def card(values: Plain, command: str) -> str:
    """The page, from the plain values of a backtest and the command that makes it."""
    values = as_text(values)
    parts = [
        f"# How well {values['scenario']} does",
        introduction(values, command),
        *(part(values, one) for one in values["parts"]),
        "## Known misses",
        *misses(values),
        *([values["remarks"].strip()] if values["remarks"] else []),
        *([] if values["stances"] is None else stances(values)),
        "## Question by question",
        HOW_TOLD,
        *(questions(values, one["part"]) for one in values["parts"]),
        "## What it is of",
        f"Seed {values['seed']}, {counted(values['runs'], 'run')} each, engine {values['engine']}. {SAME}",
        table(("of", "sha256"), ((name, f"`{hashed}`") for name, hashed in values["hashes"].items()), "ll"),
    ]
    return "\n\n".join(parts) + "\n"


def as_text(values: Plain) -> Plain:
    """The same values, in whose texts nothing is obeyed by whoever shows the page."""
    questions = [{**question, "title": unmarked(question["title"])} for question in values["questions"]]
    remarks = unmarked(values["remarks"] or "")
    stances = values["stances"] and [{**one, "title": unmarked(one["title"])} for one in values["stances"]]
    told = {"questions": questions, "remarks": remarks, "stances": stances}
    return {**values, "title": unmarked(values["title"]), **told}


def unmarked(text: str) -> str:
    """A text without tags, links and emphasis of its own."""
    return MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text)


def introduction(values: Plain, command: str) -> str:
    """What is held against what."""
    cut_off = values["cut_off"]
    known = (
        f"What was known by {cut_off} is *fit*: it may have shaped the scenario. What came later is *held out*."
        if cut_off
        else "There is no cut-off: whoever wrote the scenario knew all of it, and everything is *fit*."
    )
    return (
        f"*{values['title']}*, {counted(values['runs'], 'run')} by the rule, beside baselines that know little. "
        f"{known} Lower scores are better. A score is a mean over targets, each of which counts once; behind it stands "
        "its 95 % interval over runs, drawn anew. What plays nothing has no such interval: its score is exact. "
        f"[How to read it](../how-to/backtest.md). Made by `{command}`; do not edit."
    )


def part(values: Plain, one: Plain) -> str:
    """The scores of a part, and how they compare."""
    heads = ("", *(f"{s['title']}{' (' + s['unit'] + ')' if s['unit'] else ''}" for s in one["scores"]))
    rows: list[Sequence[str]] = []
    areas = {area["forecaster"]: area for area in one["areas"]}
    for number, forecaster in enumerate(values["forecasters"]):
        cells = [scored(s["of"][number]) for s in one["scores"]]
        if areas:
            cells.append(with_interval(areas[forecaster["name"]]))
        rows.append((f"**{forecaster['title']}**" if not number else forecaster["title"], *cells))
    asked = [
        "of",
        *(f"{counted(s['of'][0]['targets'], 'target')}, {s['of'][0]['questions']} asked" for s in one["scores"]),
    ]
    if areas:
        heads = (*heads, "area under the curve")
        asked.append(f"{one['areas'][0]['did']} did, {one['areas'][0]['did_not']} did not")
    told = [
        f"## {one['part'].capitalize()}: {counted(one['targets'], 'target')}, {counted(one['questions'], 'question')}",
        table(heads, [*rows, asked], "l" + "r" * (len(heads) - 1)),
        "\n".join(f"- {sentence}" for sentence in gaps(values, one)),
    ]
    if one["reliability"]:
        told += ["How often it was yes where the rule gave about the same chance of it:", reliability(one)]
    return "\n\n".join(told)


def gaps(values: Plain, one: Plain) -> Iterator[str]:
    """How the rule does beside the best baseline, score by score, in words."""
    titles = {forecaster["name"]: forecaster["title"] for forecaster in values["forecasters"]}
    for score in one["scores"]:
        gap = score["gap"]
        better = "better" if gap["value"] > 0 else "worse"
        is_clear = gap["low"] > 0 or gap["high"] < 0
        doubt = "" if is_clear else "; the interval holds 0, so that it may be chance"
        few = "" if gap["targets"] > 1 else "; over runs alone, of one target"
        yield (
            f"{score['title']}: {abs(gap['value']):.3f} {better} than *{titles[gap['best']]}*, the best baseline "
            f"({gap['low']:+.3f} to {gap['high']:+.3f}, {counted(gap['targets'], 'target')} and runs drawn anew"
            f"{few}{doubt})."
        )


def reliability(one: Plain) -> str:
    """The reliability table of a part."""
    rows = (
        (
            f"{100 * b['from']:.0f} to {100 * b['to']:.0f} %",
            f"{100 * b['mean']:.0f} %",
            f"{b['came']} of {b['of']}",
            f"{100 * b['low']:.0f} to {100 * b['high']:.0f} %",
        )
        for b in one["reliability"]
    )
    return table(("chance of yes", "mean", "was yes", "95 % interval (Wilson)"), rows, "lrrr")


def misses(values: Plain) -> Iterator[str]:
    """What came and was thought unlikely, and on which scores a baseline is better, in plain words."""
    found = [f"- {in_words(question)}" for question in values["questions"] if question["missed"]]
    for one in values["parts"]:
        worse = [s["title"] for s in one["scores"] if s["gap"]["value"] < 0]
        if worse:
            found.append(f"- {one['part'].capitalize()}: a baseline does better in {', '.join(worse)}.")
    silent = [q for q in values["questions"] if not q["runs"]]
    if silent:
        found.append(f"- {counted(len(silent), 'question')} came up in no run, and everything alike was forecast.")
    yield "\n".join(found) or "None: everything that came had a chance of 10 % or more, or lay in the middle 90 %."


def in_words(question: Plain) -> str:
    """A miss in a sentence."""
    about = f" ({code(question['about'])})" if question["about"] else ""
    where = f"{question['title']}{about}, {question['part']}"
    if "chance" in question:
        share = f"{percent(question['chance'])} of {counted(question['runs'], 'run')}"
        ends = f"{percent(question['low'])} to {percent(question['high'])}"
        return f"{where}: {plainly(question['came'])}, which {share} have ({ends})."
    outside = f"outside the middle 90 % of {counted(question['runs'], 'run')}"
    return f"{where}: {plainly(question['came'])}, {outside}: {span(question)}."


def stances(values: Plain) -> Iterator[str]:
    """Whether it matters where main actors stand."""
    yield "## Does it matter where main actors stand?"
    yield MOVED
    rows = []
    for one in values["stances"]:
        moves = f"{one['position']:g} to {one['moved_to']:g}"
        asked, most = "nothing beyond chance", ""
        if "most" in one:
            asked = counted(one["questions"], "question")
            most = f"{titled(values, one['most'])}: {difference(one['most'])}"
        rows.append((f"{one['title']}: {code(one['issue'])}", moves, asked, most))
    yield table(("who, and on what", "from, to", "moves", "most of all"), rows, "llll")


def titled(values: Plain, most: Plain) -> str:
    """The title of a question, and what it is about."""
    title = next(q["title"] for q in values["questions"] if q["target"] == most["target"])
    return f"{title} ({code(most['about'])})" if most["about"] else str(title)


def difference(most: Plain) -> str:
    """How a question moves: points of a hundred, days, or its own unit."""
    if most["kind"] in (YES_NO, RANK):
        value, low, high = (100 * most[name] for name in ("difference", "low", "high"))
        return f"{value:+.1f} points ({low:+.1f} to {high:+.1f})"
    unit = " days" if most["kind"] == DAY else ""
    return f"{most['difference']:+.2f}{unit} ({most['low']:+.2f} to {most['high']:+.2f})"


def questions(values: Plain, name: str) -> str:
    """A table of all questions of a part."""
    titles = {one["name"]: one["title"] for one in values["forecasters"]}
    rows = []
    for question in values["questions"]:
        if question["part"] == name:
            about = f": {code(question['about'])}" if question["about"] else ""
            what, came = f"{question['title']}{about}", plainly(question["came"])
            best = f"{question['of_best']:.3f} {titles[question['best']]}"
            scores = f"{question['of_rule']:.3f}", best
            rows.append((what, came, forecast(question), f"{question['runs']:,}", *scores))
    heads = ("what", "came", "the rule", "runs", "its score", "best of a baseline")
    return f"### {name.capitalize()}\n\n{table(heads, rows, 'llrrrl')}"


def forecast(question: Plain) -> str:
    """What the rule said."""
    if not question["runs"]:
        return "no run"
    if "chance" in question:
        return f"{percent(question['chance'])} ({percent(question['low'])} to {percent(question['high'])})"
    return f"{plainly(question['median'])} ({span(question)})"


def span(question: Plain) -> str:
    """The ends of the middle 90 %."""
    return f"{plainly(question['low'])} to {plainly(question['high'])}"


def plainly(told: str | float) -> str:
    """A word or date as it is, a number without digits that nobody reads."""
    return told if isinstance(told, str) else f"{told:.4g}"


def percent(share: float) -> str:
    """A share in percent."""
    return f"{100 * share:.1f} %"


def scored(one: Plain) -> str:
    """A score with its interval, if it has one."""
    return with_interval(one) if one["low"] is not None else f"{one['value']:.3f}"


def with_interval(one: Plain) -> str:
    """A number with its interval."""
    return f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def code(text: str) -> str:
    """A name as it is written in a scenario."""
    return f"`{text}`"


def table(heads: Sequence[str], rows: Any, sides: str) -> str:
    """A table in Markdown; ``sides`` has an r for each column that is set to the right."""
    rule = ["---:" if side == "r" else "---" for side in sides]
    lines = [heads, rule, *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def hashes_in(text: str) -> dict[str, str]:
    """The hashes that a card says it is of."""
    return dict(ROW.findall(text))


def seed_in(text: str) -> int:
    """The seed that a card says it is of; 0 where it says none."""
    found = SEED.search(text)
    return int(found[1]) if found else 0


def stale(text: str, now: Mapping[str, str]) -> list[str]:
    """What a card is no longer of, in words; nothing where it is as it would be made now."""
    said = hashes_in(text)
    return [OF[name] for name in OF if said.get(name) != now[name]]
