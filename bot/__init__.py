"""Answering: questions become cited answers or honest refusals."""
