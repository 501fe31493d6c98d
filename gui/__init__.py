"""The window: model and presenter know no tkinter, the views know no network."""

VERSION = "0.1.0"
