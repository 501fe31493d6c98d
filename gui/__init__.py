"""The window: model and presenter know no tkinter, the views know no network."""
