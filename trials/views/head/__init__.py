"""What the head of a page says to search engines and messengers."""
