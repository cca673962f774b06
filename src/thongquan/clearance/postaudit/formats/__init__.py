"""Papers of audits."""
