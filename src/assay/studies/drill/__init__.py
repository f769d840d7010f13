"""Knowledge that changes: how long each cell takes to answer the new way."""
