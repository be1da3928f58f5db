"""The key map: every key of the app as plain data, what the user made of it, and what works where one is."""
