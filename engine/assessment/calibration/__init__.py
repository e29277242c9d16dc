"""Numbers of scenarios calibrated on what happened: history matching, then approximate Bayesian computation."""
