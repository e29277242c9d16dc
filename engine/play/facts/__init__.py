"""What a player is told, as small values free of any screen: the same for screens, plain lines and commands.

One module a subject. Nothing here imports Mesa, so that a briefing can be read before a game is there.
"""
