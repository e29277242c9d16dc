"""A scenario as an ODD: Overview, Design concepts and Details, the protocol by which agent-based models are described.

V. Grimm and others, "The ODD protocol for describing agent-based and other simulation models: a second update to
improve clarity, replication, and structural realism", Journal of Artificial Societies and Social Simulation 23(2) 7,
2020.
"""

from engine.cli.odd.page import odd_of

__all__ = ["odd_of"]
