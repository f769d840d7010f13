"""Knowledge that changes: how long each cell takes to answer the new way. One file a step; nothing is imported here."""
