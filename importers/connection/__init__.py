"""Small questions that show whether a registry answers as the product expects."""
