"""Choosing as a hand does it: the same line once more takes the choice back."""

from __future__ import annotations

from engine.play.budget import gives_way
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
        last = gives_way(session.rules, moves, option)
        if last is not None:
            session.withdraw(actor, last)
        session.choose(actor, option)
