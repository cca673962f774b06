"""What pages and programs may know of notices, e-mails and webhooks, as typed frozen values."""
