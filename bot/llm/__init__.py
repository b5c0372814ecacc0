"""A language model writes, code checks: what is sent, how it is asked, what becomes of each sentence it says."""
