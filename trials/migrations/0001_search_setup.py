"""Extensions and the text search configuration that `Trial.search_vector` is built with."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            "CREATE TEXT SEARCH CONFIGURATION tf_english (COPY = english);"
            "ALTER TEXT SEARCH CONFIGURATION tf_english ALTER MAPPING FOR "
            "hword, hword_part, word WITH unaccent, english_stem;",
            "DROP TEXT SEARCH CONFIGURATION tf_english;",
        ),
    ]
