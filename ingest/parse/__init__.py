"""One file per format; `door.parse` picks by what the bytes are, never by the file's name alone."""
