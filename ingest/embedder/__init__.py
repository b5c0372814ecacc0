"""The builtin embedding model's files (`model/`) and the program that made them (`python -m ingest.embedder.train`)."""
