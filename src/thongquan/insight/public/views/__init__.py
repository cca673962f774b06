"""Pages for everyone. None of them changes anything."""
