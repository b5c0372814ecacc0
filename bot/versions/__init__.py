"""The versions of a work side by side: which article became which, and what was changed in it."""
