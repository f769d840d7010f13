"""Label and entity tasks through the grid: `assay.labelling.run.label` does the whole job."""
