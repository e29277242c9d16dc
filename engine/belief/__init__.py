"""What a seat, or a record, makes of what it has seen: whole worlds that agree with it, each with a weight."""
