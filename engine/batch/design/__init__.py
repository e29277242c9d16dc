"""How runs are planned: experiments, designs, arms, who sits in which seat, and what is asked of each run."""
