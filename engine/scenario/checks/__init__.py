"""Checks of a scenario whose shape is right, one file a subject; ``engine.scenario.references`` runs them."""
