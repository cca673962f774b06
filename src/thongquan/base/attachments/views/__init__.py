"""Pages of attachments."""
