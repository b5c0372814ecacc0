"""Drafting: from a request and the facts of this year to a report passage whose every figure is traceable."""
