"""The sentences that answer, without a language model: a question taken apart, sentences weighed, the best chosen."""
