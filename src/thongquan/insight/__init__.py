"""What leadership, agencies and the public see."""
