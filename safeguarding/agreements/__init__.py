"""What people sign before they may use what: agreements, signatures, and the access they open."""
