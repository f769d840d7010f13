"""The steps of a search that are built in, one file each. Nothing is imported here: see `assay.bench.parts`."""
