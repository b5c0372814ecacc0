"""Whether to answer, and what is said instead: weak evidence, small talk, requests that are no questions."""
