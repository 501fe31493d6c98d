"""Decisions: what events and the user's actions mean for the model and the views.  No tkinter."""
