"""Two nurseries and their people, built through real actions."""
