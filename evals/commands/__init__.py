"""The commands of the judges' door, a file for each kind of work."""
