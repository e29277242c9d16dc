"""Evidence: quotes are proved word by word, whatever the typography, and a misquote is told with what stands there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario import passages
from engine.scenario.creation import create
from engine.scenario.evidence import doubt
from engine.scenario.load import check_scenario
from engine.scenario.passages import Passages, normalised
from engine.scenario.places import SEEDS
from engine.scenario.records import Evidence
from engine.scenario.sources import Source, SourceEntry, read_sources
from tests.scenario.minimal import MINIMAL, check, replaced

ARTICLE = """\
Talks fail
“The Clear­ly Russian position – in short – is ‘no’,” said a spokes\u2011man.\u00a0It is the
   end  of the \ufb01nal talks. The talks are over. A talking shop, he said: the talks are over!
"""

OTHER = "Nothing of the kind was ever said in this place, or in that.\n"


def source(name: str, text: str) -> Source:
    """A source of this text."""
    return Source(name, SourceEntry(file="f.txt", date="2007-12-10", title="T"), text)  # type: ignore[arg-type]


SOURCES = {"article": source("article", ARTICLE), "other": source("other", OTHER)}


def against(quote: str, prefix: str | None = None, name: str = "article") -> str | None:
    """What speaks against a quote."""
    found = doubt(Evidence(source=name, quote=quote, prefix=prefix), SOURCES)
    return None if found is None else f"{found.key}: {found.message}"


@pytest.mark.parametrize(
    "quote",
    [
        "\"The Clearly Russian position - in short - is 'no',\"",
        "“The Clearly Russian position — in short — is ’no’,”",
        "said a spokes-man. It is the end of the final talks",
        "end   of\n the final\ttalks",
        "A talking shop",
        "the talks are over!",
        "is 'no',\" said",
    ],
)
def test_quotes_that_stand(quote):
    """Quotation marks, dashes, ligatures and white space may be written differently."""
    assert against(quote) is None


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("the clearly russian position", "quote: the quote does not stand in article: the nearest words there are"),
        ("learly Russian position", "quote: the quote does not stand in article: the nearest words there are"),
        ("The Clearly Russian positio", "quote: the quote does not stand in article: the nearest words there are"),
        (
            "the end of all the talks. The talks are over.",
            'quote: the quote does not stand in article: the nearest words there are "the end of the final talks. The',
        ),
        ("in this place, or in that", "quote: the quote does not stand in article, but in other"),
        ("zebras xylophone quagmire", "quote: the quote does not stand in article, and nothing like it does"),
        ("talks are over", "quote: the quote stands 2 times in article: add prefix, the words just before it"),
        ("        ", "quote: the quote does not stand in article"),
        ("\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b", "quote: the quote does not stand in article"),
    ],
)
def test_quotes_that_do_not_stand(quote, told):
    """Case, whole words and order count; the message says what stands there instead."""
    found = against(quote)
    assert found is not None
    assert found.startswith(told)


def test_prefix():
    """The words just before a quote tell one occurrence from another, and must stand there."""
    assert against("talks are over", prefix="final talks. The") is None
    assert against("talks are over", prefix="he said: the") is None
    assert against("talks are over", prefix="inal talks. The") == (
        'prefix: these words do not stand just before the quote in article: there stands "... of the final talks. The" '
        'or "...lking shop, he said: the"'
    )
    ambiguous = {"twice": source("twice", "He said it is over. She said it is over.")}
    found = doubt(Evidence(source="twice", quote="is over.", prefix="said it"), ambiguous)
    assert found is not None
    assert found.message == "with this prefix the quote still stands 2 times in twice"
    assert against("A talking shop", prefix="never")


def test_unknown_source():
    """A source is named by its id, and nothing else is ever opened."""
    assert against("whatever it is", name="artcle") == 'source: unknown source "artcle", did you mean "article"?'
    assert against("whatever it is", name="../../etc/passwd") == (
        'source: unknown source "../../etc/passwd": the sources are article and other'
    )


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text):
    """Whatever has been normalised is normal, but for what normal forms leave to combine."""
    once = normalised(text)
    assert normalised(once) == once


@given(st.data())
def test_what_is_cut_from_a_source_stands_in_it(data):
    """Words cut out of a source are found where they were cut."""
    words = normalised(ARTICLE).split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    article = Passages(ARTICLE)
    quote = " ".join(words[first:last])
    assert len(" ".join(words[:first])) + (first > 0) in article.occurrences(quote)


@given(st.text(min_size=1, max_size=60))
def test_any_quote_gets_an_answer(quote):
    """No quote upsets the search."""
    article = Passages(ARTICLE)
    article.occurrences(normalised(quote))
    article.nearest(normalised(quote))


def test_many_misquotes_are_quick(monkeypatch: pytest.MonkeyPatch):
    """Of 150 misquotes of the seeds each is compared closely with three passages, and a source is divided once."""
    work: Counter[str] = Counter()

    class Compared(SequenceMatcher[str]):
        def set_seq1(self, a: Sequence[str]) -> None:
            work["passages"] += 1
            super().set_seq1(a)

    def bare(word: str, known: Callable[[str], str] = passages.bare) -> str:
        work["words"] += 1
        return known(word)

    monkeypatch.setattr(passages, "SequenceMatcher", Compared)
    monkeypatch.setattr(passages, "bare", bare)
    sources = read_sources(SEEDS).sources
    words = [word for article in sources.values() for word in article.text.split()]
    quotes = [" ".join([*words[i * 10 : i * 10 + 14], "indeed", *words[i * 10 + 14 : i * 10 + 25]]) for i in range(150)]
    found = [doubt(Evidence(source="bbc-2007-12-07", quote=quote), sources) for quote in quotes]
    assert all(found)
    longest = max(len(quote.split()) for quote in quotes)
    assert work["passages"] <= len(quotes) * (passages.CANDIDATES + 1)
    assert work["words"] <= len(sources["bbc-2007-12-07"].text.split()) + len(quotes) * longest


def test_seeds_are_read_without_a_problem():
    """The index of the seeds fits, and every article is there."""
    read = read_sources(SEEDS)
    assert read.problems == ()
    assert len(read.sources) >= 5
    assert read.sources["bbc-2007-12-07"].entry.date == dt.date(2007, 12, 7)


INDEX = """\
sources:
  memo: {file: memo.txt, publisher: P, date: 2007-12-01, title: A memo, shelf: 12}
"""

QUOTED = replaced(
    "spread: 5, assumed: for the test",
    "spread: 5, evidence: [{source: memo, quote: we know what we want}, {source: memo, quote: we know what we wanted}]",
    MINIMAL,
)


def test_a_scenario_brings_its_own_sources(tmp_path):
    """A folder of sources beside a scenario may be quoted; proved and unproved quotes are counted."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "index.yaml").write_text(INDEX)
    (folder / "memo.txt").write_text("Yes, we know what we want.\n")
    report = check(tmp_path, QUOTED)
    (problem,) = report.problems
    assert str(problem).endswith(
        "error[E702]: actors.russia.stances.status.evidence.1.quote: the quote does not stand in memo: the nearest "
        'words there are "we know what we want."'
    )
    assert (report.evidence.quotes, report.evidence.distinct_quotes) == (1, 1)
    assert (report.evidence.stances, report.evidence.stances_with_quotes) == (3, 1)
    assert report.sources["memo"].entry.title == "A memo"


def test_its_own_sources_are_named_before_the_bundled_ones(tmp_path):
    """Whoever names an unknown source reads first what stands beside the scenario."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "index.yaml").write_text(INDEX)
    (folder / "memo.txt").write_text("Yes, we know what we want.\n")
    (tmp_path / "scenario.yaml").write_text(QUOTED.replace("source: memo", "source: harbour-gazette"))
    said = [str(problem) for problem in check_scenario(tmp_path).problems if problem.code == "E701"]
    assert len(said) == 1
    assert all('unknown source "harbour-gazette": the sources are memo' in line for line in said)


@pytest.mark.parametrize(
    ("index", "told"),
    [
        ("sources: {memo: {file: ../scenario.yaml, date: 2007-12-01, title: T}}", "is no name"),
        ("sources: {memo: {file: /etc/passwd, date: 2007-12-01, title: T}}", "is no name"),
        ("sources: {memo: {file: .hidden, date: 2007-12-01, title: T}}", "is no name"),
        (
            "sources: {memo: {file: gone.txt, date: 2007-12-01, title: T}}",
            "sources/gone.txt: error[E001]: can't be read: there",
        ),
        ("sources: {memo: {file: link.txt, date: 2007-12-01, title: T}}", "it is a link to another file"),
        ("sources: {memo: {date: 2007-12-01, title: T}}", "sources.memo.file: is missing"),
        ("sources: [memo]", "should be a mapping of names, is a list"),
        ("sources: {a: &x 1}", "anchors are not allowed"),
        ("", "the file is empty"),
    ],
)
def test_broken_index(tmp_path, index, told):
    """An index names plain files of its own folder."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "index.yaml").write_text(index)
    (folder / "link.txt").symlink_to("/etc/passwd")
    report = check(tmp_path, MINIMAL)
    assert any(told in line for line in report.lines()), list(report.lines())
    assert not report.sources.get("memo") or not report.sources["memo"].is_read


@pytest.mark.parametrize("name", ["scenario.yaml", "history.yaml", "sources/index.yaml", "sources/memo.txt"])
def test_nothing_that_a_folder_brings_is_read_through_a_link(tmp_path, name):
    """Else a scenario of a stranger would show what lies elsewhere; a file that somebody names may be a link."""
    folder = tmp_path / "crisis"
    create(folder)
    (tmp_path / "elsewhere").write_text("secret: words\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "elsewhere")
    index = folder / "sources" / "index.yaml"
    if name == "sources/memo.txt":
        index.write_text(index.read_text() + "  memo: {file: memo.txt, date: 2007-12-01, title: T}\n")
    lines = list(check_scenario(folder).lines())
    assert any(f"{name}: error[E001]: can't be read: it is a link to another file" in line for line in lines), lines
    assert not any("secret" in line for line in lines)
    if name == "scenario.yaml":
        assert any("secret" in line for line in check_scenario(folder / name).lines())


def test_the_same_quote_twice(tmp_path):
    """A stance that quotes the same words twice is warned of."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "index.yaml").write_text(INDEX)
    (folder / "memo.txt").write_text("Yes, we know what we want.\n")
    report = check(tmp_path, replaced("what we wanted}", "what  we want}", QUOTED))
    assert [problem.message for problem in report.problems] == ["is quoted here already"]
    assert report.evidence.distinct_quotes == 1
