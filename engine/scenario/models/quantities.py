"""Numbers and amounts as a scenario writes them: known, or in doubt; whole, or in named parts."""

# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    Discriminator,
    Field,
    Tag,
)

from engine.scenario.doubts import MayBeInDoubt, is_doubt
from engine.scenario.fields import (
    Days,
    Expression,
    Place,
    Title,
    Unit,
)

Number = Annotated[float, MayBeInDoubt()]
Weight = Annotated[Unit, MayBeInDoubt()]
Temperature = Annotated[float, Field(gt=0, le=10), MayBeInDoubt()]
Wait = Annotated[Days, MayBeInDoubt()]
Quantity = Annotated[Expression, MayBeInDoubt()]
Quantities = dict[Place, Quantity]
"""Numbers that may be in doubt."""

MOST_PARTS = 12
"""Parts of one appeal, cost or lean: more than anybody would read as reasons."""


def shape_of_amount(amount: Any) -> str:
    """Which of the two ways of writing an amount it is."""
    return PARTS if isinstance(amount, dict) and not is_doubt(amount) else WHOLE


WHOLE, PARTS = "[whole]", "[parts]"
"""What pydantic writes into the path of an error for the two ways of writing an amount."""

Amount = Annotated[
    Annotated[Quantity, Tag(WHOLE)]
    | Annotated[dict[Title, Quantity], Field(min_length=1, max_length=MOST_PARTS), Tag(PARTS)],
    Discriminator(shape_of_amount),
]
"""What is added to a gain: one amount, or several, each under the words that say it to a player."""


def terms_of(key: str, amount: str | dict[str, str]) -> dict[str, str]:
    """The parts of an amount by the names of their terms: ``cost``, or ``cost.WORDS`` of each."""
    return {key: amount} if isinstance(amount, str) else {f"{key}.{words}": text for words, text in amount.items()}
