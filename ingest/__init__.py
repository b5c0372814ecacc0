"""Reading: files in every format an office has become chunks that can be found and cited."""
