"""The grid: documents and questions to every cell."""
