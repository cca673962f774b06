"""Papers read by machine: words with their places and certainty, boxes by a layout that is data, fields by box."""
