"""Tables as spreadsheets of all countries write them: read right where that is beyond doubt, else refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.design.spreadsheets import number_in, read_sheet
from engine.scenario.models import Scenario
from engine.scenario.problems import Problems, ScenarioError
from tests.batch.test_experiments import IN_A_TABLE, plan, scenario  # noqa: F401  (the fixture)

RIGHT = [{"resolve": 0.5, "unrest": 1.25}, {"resolve": 0.75, "unrest": 2.0}]

TABLES = {
    "commas": "resolve,unrest\n0.5,1.25\n0.75,2\n",
    "powers of ten with decimal commas": "resolve;unrest\n5,00E-01;1,25E+00\n7,5E-01;2\n",
    "semicolons and decimal commas": "resolve;unrest\n0,5;1,25\n0,75;2\n",
    "semicolons and decimal points": "resolve;unrest\n0.5;1.25\n0.75;2\n",
    "tabs": "resolve\tunrest\n0,5\t1,25\n0,75\t2\n",
    "bars": "resolve|unrest\n0.5|1.25\n0.75|2\n",
    "said to Excel": "sep=;\nresolve;unrest\n0,5;1,25\n0,75;2\n",
    "said to Excel, with commas": "sep=,\r\nresolve,unrest\r\n0.5,1.25\r\n0.75,2\r\n",
    "quoted": 'resolve,unrest\n"0,5","1,25"\n"0,75","2"\n',
    "quoted names": '"resolve";"unrest"\n"0.5";"1.25"\n"0.75";"2"\n',
    "marked": "\ufeffresolve;unrest\n0,5;1,25\n0,75;2\n",
    "Windows": "resolve,unrest\r\n0.5,1.25\r\n0.75,2\r\n",
    "an old Mac": "resolve,unrest\r0.5,1.25\r0.75,2\r",
    "empty columns": "resolve;unrest;;\n0,5;1,25;;\n0,75;2;;\n",
    "empty rows": "\nresolve,unrest\n0.5,1.25\n,\n0.75,2\n,\n,\n",
    "capitals and spaces": " Resolve ,UNREST\n0.5,1.25\n0.75,2\n",
    "per cent": "resolve,unrest\n50%,125%\n75 %,200%\n",
    "other digits": "resolve,unrest\n٠.٥,١.٢٥\n０.７５,２\n",
    "spaces that are none": "resolve,unrest\n\u00a00.5,1.25\u00a0\n0.75,\u30002\n",
    "the other order": "unrest,resolve\n1.25,0.5\n2,0.75\n",
}


def settings(points) -> list[dict[str, float]]:
    """What each line of the table says, once for all choices of the lever."""
    said = [{name: value for name, value in point.settings.items() if name != "russia"} for point in points]
    return [one for number, one in enumerate(said) if one not in said[:number]]


@pytest.mark.parametrize("way", TABLES)
def test_the_same_table_however_it_is_written(scenario: Scenario, tmp_path: Path, way: str):  # noqa: F811
    """Separators, decimal commas, marks, quotation marks and line ends of all spreadsheets mean the same points."""
    points = plan(scenario, tmp_path, IN_A_TABLE, points=TABLES[way]).points
    assert settings(points) == RIGHT


def test_a_table_in_utf_16(scenario: Scenario, tmp_path: Path):  # noqa: F811
    """What Excel calls Unicode text is read."""
    plan(scenario, tmp_path, IN_A_TABLE, points=TABLES["tabs"])
    path = tmp_path / "points.csv"
    path.write_bytes(TABLES["tabs"].encode("utf-16"))
    from engine.batch.design.planning import read_plan

    points = read_plan(tmp_path / "experiment.yaml", scenario).points
    assert settings(points) == RIGHT


REFUSED = [
    ("resolve,unrest\n0,5,1,25\n", "2:1", "a decimal comma cuts a number in two"),
    ("resolve;unrest\n1;1,900\n", "2:1", "may be 1900 or 1.900: write one of them"),
    ("resolve,unrest\n0.5,3 of 4\n", "2:1", 'should be a number, is "3 of 4"'),
    ("resolve,Unrest,UNREST\n0.5,1,1\n", "1:1", '"unrest" is the name of two columns'),
    ("resolve;unrst\n0,5;1\n", "1:1", 'unknown uncertainty or lever "unrst", did you mean "unrest"?'),
    ("resolve;unrest\n0,5;1;2\n", "2:1", "has 3 values under 2 names"),
]


@pytest.mark.parametrize(("table", "place", "says"), REFUSED)
def test_what_is_in_doubt_is_refused(scenario: Scenario, tmp_path: Path, table: str, place: str, says: str):  # noqa: F811
    """With the line, and what to write."""
    with pytest.raises(ScenarioError) as caught:
        plan(scenario, tmp_path, IN_A_TABLE, points=table)
    first = str(caught.value.problems[0])
    assert says in first
    assert f"points.csv:{place}: " in first


@pytest.mark.parametrize(
    ("cell", "point", "number"),
    [("1.900", ",", 1900.0), ("1.900", ".", 1.9), ("1,900", ",", 1.9), ("1,900", ".", 1900.0), ("1'900", "", 1900.0)],
)
def test_thousands_by_the_rest_of_the_table(cell, point, number):
    """What one cell leaves open, the others of its table decide."""
    assert number_in(cell, point) == number


@given(st.text(alphabet=st.sampled_from("ab;,\t|\"'\n\r 0159.%-\ufeff٥"), max_size=80))
def test_any_table_is_read_or_refused(text):
    """Each line has a cell under each name."""
    sheet = read_sheet(text, Problems("t.csv"))
    assert all(len(cells) == len(sheet.header) for _, cells in sheet.rows)
