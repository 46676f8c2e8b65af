"""What the pages beside the search are about: diseases, products, hospitals, the map, statistics, changes."""
