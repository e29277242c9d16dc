"""Parts of scenarios that several pages of findings show."""

REPLY = """\
asks:
  reply:
    title: Give way?
    to: russia
    within: 1w
    otherwise: wait
    answers:
      give_way: {title: Give way, effects: [{add: {status: 3}}]}
      wait: {title: Wait}
    assumed: example
"""
"""A question to Russia."""


def put_by(effect: str) -> str:
    """The question, and an effect of clashes that puts it."""
    return f"{REPLY}events:\n  clashes:\n    effects: [{{add: {{unrest: 0.2}}}}, {effect}]\n"
