"""The command line: each thing a person can do on a screen, for a shell and for scripts."""
