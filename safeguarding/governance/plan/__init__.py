"""Looking at one's own practice, and the action plan: what should improve, who sees to it, by when."""
