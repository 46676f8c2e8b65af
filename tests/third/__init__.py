"""A registry that lives here alone: a description, an adapter and a payload, as docs/adding.md asks for."""
