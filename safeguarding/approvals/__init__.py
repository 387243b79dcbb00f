"""What takes two people: one asks, and it is done when another has said yes."""
