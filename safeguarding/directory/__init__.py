"""Who to call: agencies, support and useful links, as each setting keeps them."""
