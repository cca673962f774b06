"""What other rooms and pages read of residents, their forms, collection lists and vehicles."""
