"""Judging: question sets become figures an office can trust."""
