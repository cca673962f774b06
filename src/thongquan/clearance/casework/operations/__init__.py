"""What is done in casework: notes, questions, presence, and the work of a team leader."""
