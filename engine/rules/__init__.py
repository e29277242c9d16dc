"""Rules: a Scenario becomes the options, decisions, votes and effects of one turn, over many runs at once."""
