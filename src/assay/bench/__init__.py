"""What every step is handed: settings, workspace, store, progress. Knows nothing of models and questions."""
