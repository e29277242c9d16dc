"""What may be wrong with what is asked: each says in a sentence what it is, and where.

>>> import brinkmanship as bm
>>> try:
...     bm.load("kosovo-2008")
... except bm.errors.BrinkmanshipError as error:
...     print(error)
kosovo-2008: error: there is no scenario "kosovo-2008", did you mean "kosovo-2007"? (there are cuba-1962, kosovo-2007, suez-1956 and vienna-2015)
"""  # noqa: E501  # the sentence is one line

from engine.assessment.errors import AssessmentError
from engine.batch.errors import BatchError
from engine.errors import ArgumentError, BrinkmanshipError
from engine.play.refusals import OrderRefused
from engine.play.sight.state import KeptError
from engine.scenario.problems import ScenarioError

__all__ = [
    "ArgumentError",
    "AssessmentError",
    "BatchError",
    "BrinkmanshipError",
    "KeptError",
    "OrderRefused",
    "ScenarioError",
]
