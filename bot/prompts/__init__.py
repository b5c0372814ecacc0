"""Prompts, in Chinese, as files."""
