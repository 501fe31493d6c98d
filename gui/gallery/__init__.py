"""Pictures of the window, drawn by the real views from made-up events.

`story` is what happened before the pictures, `scenes` says what each of them shows, `studio` is
the window in which they are taken, and `python3 -m gui.gallery` takes them.
"""
