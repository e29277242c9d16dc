"""What is read on a screen, line by line, as styled text; the line mode prints the same lines without the styles."""
