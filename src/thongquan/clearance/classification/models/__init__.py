"""Tables of this room, a file for each of its parts."""
