"""Words between sides: what may be exchanged, and what follows from it, in the scenario's own language."""
