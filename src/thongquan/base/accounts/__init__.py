"""People, the organizations they work for, what they may do there, and how they prove who they are."""
