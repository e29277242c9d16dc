"""The screens of the game: a Textual application, and the same game in lines of text.

Screens only show and ask. What may be done and what it would lead to comes from ``engine.play``; words and lines that
the Textual screens and the line mode share are in ``tui.lines``.
"""
