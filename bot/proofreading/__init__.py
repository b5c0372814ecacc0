"""Proofreading: what is wrong in a text, where, by which rule, and what to write instead."""
