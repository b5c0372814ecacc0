"""The page in the browser: what is said (talk, handlers), how it looks (render, style.css), where it stands (app)."""
