"""Risk: compliance of enterprises, profiles, the model, and the selection of what is opened."""
