"""What people decide about labels: what waits for them, their word, its history, rows for the benchmark."""
