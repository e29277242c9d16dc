"""How runs are made: in lockstep, in parts, by this process, by workers, or by a cluster."""
