"""Training: ensembles of nets under a forcing, with checkpoints and failures as data."""
