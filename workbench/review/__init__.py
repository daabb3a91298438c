"""Reviewing without a screen: the session that holds every rule, the table of its commands, and scripts of them."""
