"""The procedure card: steps, who acts, materials, time limits and dates, read from the articles that were found."""
