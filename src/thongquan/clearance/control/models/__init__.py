"""What control keeps: checks, inspections and their findings; changes of channel, release, slips."""
