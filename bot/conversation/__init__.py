"""Follow-up questions made standalone, by rules or by a language model."""
