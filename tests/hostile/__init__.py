"""What attacks the pages: files, requests and words made to break in, and what must hold of the answers."""
