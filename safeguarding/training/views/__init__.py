"""The pages of training, one file for each kind of thing."""
