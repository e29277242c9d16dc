"""What constants and fields mean is read from the strings under them."""

from __future__ import annotations

from engine.scenario.meanings import meanings_of, strings_under
from engine.scenario.models import Action, Actor
from engine.scenario.records import Sourced


def test_a_field_means_what_stands_under_it() -> None:
    """Word for word, with the lines of a long one together."""
    assert meanings_of(Actor)["capability"] == "Its weight in the world, 0 to 1."


def test_a_record_has_the_meanings_of_what_it_builds_on() -> None:
    """Its evidence is explained once, for every record that may have some."""
    inherited = meanings_of(Sourced)
    assert inherited["assumed"]
    assert inherited.items() <= meanings_of(Action).items()


def test_only_the_string_just_under_a_name_is_its_meaning() -> None:
    """A name without one has none, and a string elsewhere belongs to nothing."""
    source = '"""Of the module."""\na = 1\n"""First\nline."""\nb: int = 2\nc = 3\nprint(c)\n"""Of nothing."""\n'
    assert dict(strings_under(source)) == {"a": "First\nline.", "b": "", "c": ""}
