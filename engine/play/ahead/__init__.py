"""Looking ahead while somebody thinks: futures made by other processes, and the odds that they give."""
