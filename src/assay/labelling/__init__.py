"""Label and entity tasks through the grid: `assay.label` does the whole job."""
