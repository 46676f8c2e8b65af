"""The same trial in two registries: `decide` and explain, find `candidates`, `apply`: join and undo."""
