"""The pack for an inspection on paper, and the worker that sets it."""
