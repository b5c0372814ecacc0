"""What a report is made of: headings learned from reports, facts placed under them, passages offered beside."""
