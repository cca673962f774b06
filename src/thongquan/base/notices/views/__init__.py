"""Pages of notices, e-mails and webhooks."""
