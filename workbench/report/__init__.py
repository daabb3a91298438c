"""Results as text, JSON lines and CSV: what the command line prints."""
