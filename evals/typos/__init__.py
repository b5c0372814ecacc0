"""How the proofreader's table of counted strings is learned: `python -m evals.typos`."""
