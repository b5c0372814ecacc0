"""The embedding models: the builtin one, sentence-transformers, and services that speak the OpenAI protocol."""
