"""What other sites take into their own pages: a list in a frame, a badge, and the page that makes both."""
