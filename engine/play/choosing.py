"""Choosing as a hand does it: the same line once more takes the choice back."""

from __future__ import annotations

from engine.play.session import Session
from engine.rules.options import Option


def toggle(session: Session, actor: str, option: Option | None) -> None:
    """Choose an option, or leave it again; None chooses to hold. The last choice gives way where no move is left.

    Raises :class:`~engine.play.session.OrderRefused`.
    """
    moves = session.orders(actor).moves
    if option is None:
        session.hold(actor)
    elif option in moves:
        session.withdraw(actor, option)
    else:
        acts = session.orders(actor).acts
        if len(acts) >= session.scenario.moves_per_turn and not option.answers:
            session.withdraw(actor, acts[-1])
        session.choose(actor, option)
