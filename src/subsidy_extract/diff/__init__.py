"""What changed between two years: who is who, what changed, and how to show it."""
