"""`{% india_map %}` or `{% india_map condition %}`: the squares alone. Load `trials/browse.css` with it."""

from django import template

from trials.browse.india_map import TileMap, tile_map

register = template.Library()


@register.inclusion_tag("trials/_tile_map.html")
def india_map(condition: str = "") -> dict[str, TileMap]:
    """The map of all cancers, or of one condition's slug. One query."""
    return {"map": tile_map(condition)}
