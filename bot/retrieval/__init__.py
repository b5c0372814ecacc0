"""Finding evidence: question -> references named in it, words people use -> candidates -> one learned ranking."""
