"""Whether the record is whole, and who keeps proof of where it stood."""
