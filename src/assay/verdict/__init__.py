"""Diagnosis, recommendation, costs and the words for them. Import from its files: some are light, some are not."""
