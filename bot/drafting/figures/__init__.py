"""Every figure of a draft: read, reckoned, and put on a fact, a source or a calculation. Pure."""
