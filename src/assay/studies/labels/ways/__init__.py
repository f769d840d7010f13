"""The ways of labelling: what a model is shown (rows) by how it is made to act (columns)."""
