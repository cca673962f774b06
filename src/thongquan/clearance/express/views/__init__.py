"""Pages of parcels: for carriers, and for officers of the office."""
