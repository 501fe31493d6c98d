"""What the window costs: `python3 -m gui.bench` measures it, in processes of its own."""
