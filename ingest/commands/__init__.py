"""The commands of the administrators' door, a file for each kind of work."""
