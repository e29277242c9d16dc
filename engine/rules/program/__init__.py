"""From a scenario to the program of one pace: every rule, once."""
