"""Two rules in force that say different things of the same: both are shown, with their rank."""
