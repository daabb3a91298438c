"""The use cases: one function a verb, joining the families below; nothing here knows a screen or an exit code."""
