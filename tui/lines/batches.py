"""The runs of a batch: how they ended, a table of them, and why one of them stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from engine.batch.analysis.browse import BY_ENDING, BY_RUN, Page, RunRow, Standout, Wanted
from engine.batch.analysis.settings import levers
from engine.words import _, ngettext
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, bar, fit, percent, plain, row
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.batch.analysis.groups import Group
    from engine.batch.storage.results import Results

BEFORE, AFTER = "page:before", "page:after"
"""The rows that turn the page."""

RUN, DAY, SCORE = 8, 11, 8
"""Cells of the columns of the table."""


def title_of(results: Results, column: str) -> str:
    """What people call a column: an outcome by its title, a score by its side."""
    return str(results.manifest["columns"][column].get("title") or column)


def order_in_words(results: Results, order: str) -> str:
    """By what the table is ordered."""
    if order == BY_RUN:
        return _("by run")
    if order == BY_ENDING:
        return _("by ending")
    kind = results.manifest["columns"][order]["kind"]
    title = title_of(results, order)
    return (
        _("by the score of {side}").format(side=title) if kind == "score" else _("by {outcome}").format(outcome=title)
    )


def batch_lines(results: Results, group: Group, arm: str | None) -> Iterator[Content]:
    """What was run, and which design points are looked at."""
    manifest = results.manifest
    title = manifest["experiment"]["content"].get("title") or manifest["scenario"]["title"]
    runs = ngettext("{n} run", "{n} runs", group.runs).format(n=f"{group.runs:,}")
    facts = [runs, _("seed {seed}").format(seed=manifest["seed"])]
    yield row(plain(title, "b $primary"), plain("  " + ", ".join(facts), QUIET))
    for caveat in results.caveats:
        yield plain(_("Note: {caveat}.").format(caveat=caveat), "$text-warning")
    points = results.designs.height
    if points > 1:
        together = _("all {n} design points together").format(n=points)
        mixed = _("{points} (arms mixed: no estimate)").format(points=together)
        said = arm or (mixed if levers(results) else together)
        yield plain(_("Design point: {said}").format(said=said))


def share_lines(results: Results, group: Group, wanted: Wanted, width: int, glyphs: Glyphs) -> Iterator[Content]:
    """Each ending: how many runs, their share, its 95% interval, and a bar; the one that is filtered by has a sign."""
    titles = results.manifest["endings"]
    longest = max(
        (len(titles[ending]) for ending, share in group.shares.items() if share.count or ending == wanted.ending),
        default=12,
    )
    space = max(12, min(longest, width - 34))
    length = max(8, min(40, width - space - 23))
    for ending, share in group.shares.items():
        if not share.count and ending != wanted.ending:
            continue
        is_picked = ending == wanted.ending
        yield row(
            Content.styled(f"{glyphs.chosen if is_picked else ' '} ", "b $accent"),
            fit(plain(titles[ending], "b" if is_picked else ""), space, glyphs=glyphs),
            f" {share.count:>7,} {percent(share.share):>4} ",
            bar(share.share, length, glyphs),
            Content.styled(f" {100 * share.low:.0f}-{100 * share.high:.0f}%", QUIET),
        )
    never = [titles[ending] for ending, share in group.shares.items() if not share.count]
    line = "  " + _("Never: {endings}").format(endings=", ".join(never))
    if never and len(line) > width:
        line = "  " + _("Never: {n} other endings").format(n=len(never))
    if never:
        yield plain(line, QUIET)


def shown_columns(columns: Sequence[str], order: str, width: int) -> list[str]:
    """The columns with numbers for which there is room, the one that is ordered by first."""
    room = max(0, (width - RUN - DAY - 28) // (SCORE + 1))
    first = [order] if order in columns else []
    return [*first, *(column for column in columns if column != order)][:room]


def heads(results: Results, columns: Sequence[str], has_points: bool, width: int, glyphs: Glyphs) -> Content:
    """What stands in the columns."""
    parts = [fit(_("Run"), RUN), fit(_("Ending"), _ending_width(columns, has_points, width)), fit(_("Closed"), DAY)]
    if has_points:
        parts.insert(1, fit(_("Point"), 6))
    parts += [row(" ", fit(plain(title_of(results, column)), SCORE, "right", glyphs)) for column in columns]
    return row(*(part if isinstance(part, Content) else Content(part) for part in parts)).stylize("$text-muted")


def _ending_width(columns: Sequence[str], has_points: bool, width: int) -> int:
    return max(12, width - RUN - DAY - len(columns) * (SCORE + 1) - 6 * has_points)


def run_rows(
    results: Results, page: Page, columns: Sequence[str], has_points: bool, width: int, glyphs: Glyphs
) -> list[Row]:
    """A page of runs, with rows that turn it."""
    endings = results.manifest["endings"]
    rows = [Row(name_of(run), _run(run, endings, columns, has_points, width, glyphs)) for run in page.rows]
    if page.first:
        rows.insert(0, Row(BEFORE, plain(_("... the runs before these"), "$accent")))
    if page.end < page.total:
        left = page.total - page.end
        rows.append(Row(AFTER, plain(_("... {n} more runs: Enter shows them").format(n=f"{left:,}"), "$accent")))
    return rows or [Row(None, plain(_("No run is like that."), QUIET))]


def name_of(run: RunRow) -> str:
    """By which a run is found again in the table."""
    return f"{run.point}:{run.run}"


def _run(
    run: RunRow, endings: Mapping[str, str], columns: Sequence[str], has_points: bool, width: int, glyphs: Glyphs
) -> Content:
    numbers = [run.numbers[column] for column in columns]
    return row(
        fit(f"{run.run}", RUN),
        fit(f"{run.point}", 6) if has_points else "",
        fit(plain(endings[run.ending]), _ending_width(columns, has_points, width) - 1, glyphs=glyphs),
        " ",
        fit(run.date.isoformat(), DAY),
        *(Content(f" {'' if number is None else f'{number:.1f}':>{SCORE}}") for number in numbers),
    )


def place_line(results: Results, page: Page, wanted: Wanted) -> Content:
    """Which of the runs are shown, and in which order."""
    first, last = (page.first + 1 if page.rows else 0), page.end
    words = _("{first} to {last} of {total}, {order}").format(
        first=f"{first:,}", last=f"{last:,}", total=f"{page.total:,}", order=order_in_words(results, wanted.order)
    )
    only = _("; only: {ending}").format(ending=results.manifest["endings"][wanted.ending]) if wanted.ending else ""
    return plain(words + only, QUIET)


def median_in_words(results: Results, found: Standout) -> str:
    """Why a run is the one in the middle."""
    assert found.column is not None, "a run is in the middle by a column"
    return _(
        "Run {run} is the one in the middle {order}: {number}. It ends with {ending}, as {same} of {of} runs do."
    ).format(
        run=found.row.run,
        order=order_in_words(results, found.column),
        number=f"{found.mean:.1f}",
        ending=results.manifest["endings"][found.row.ending],
        same=f"{found.same:,}",
        of=f"{found.of:,}",
    )


def odd_in_words(results: Results, found: Standout) -> str:
    """Why a run is unlike the others."""
    ending = results.manifest["endings"][found.row.ending]
    if found.is_rare:
        why = _("Run {run} ends as only {same} of {of} runs do: {ending}.")
    else:
        why = _("Run {run} lies farthest from the mean, all in all. It ends with {ending}, as {same} of {of} do.")
    said = why.format(run=found.row.run, same=f"{found.same:,}", of=f"{found.of:,}", ending=ending)
    if found.column is None:
        return said
    number = found.row.numbers[found.column]
    return f"{said} " + _("{title}: {number}, where the mean is {mean}, {sd} standard deviations away.").format(
        title=title_of(results, found.column),
        number=f"{number:.1f}",
        mean=f"{found.mean:.1f}",
        sd=f"{abs(found.deviations):.1f}",
    )
