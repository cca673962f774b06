"""The model of risk while a declaration is lodged: what the night remembers, the score, the hour of the office."""
