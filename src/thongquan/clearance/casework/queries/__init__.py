"""What pages and other rooms may know of casework."""
