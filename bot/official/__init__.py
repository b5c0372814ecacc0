"""The official document (公文) after GB/T 9704-2012: its nouns, the table of the standard, writing and checking .docx."""
