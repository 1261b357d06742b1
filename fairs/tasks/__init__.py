"""Background work with progress, stop, checkpoint and resume; imports and solvers run as tasks."""
