"""What a seat may see of a game: the one filter through which everything goes that is told to somebody in it."""
