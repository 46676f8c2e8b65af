"""When the number of `DataVersion` last grew, for the header Last-Modified. The triggers stay as they are."""

from django.db import migrations, models

WITH_DAY = """
CREATE OR REPLACE FUNCTION trials_count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('trialfinder.counted', true), '') <> pg_current_xact_id()::text THEN
        PERFORM set_config('trialfinder.counted', pg_current_xact_id()::text, true);
        INSERT INTO trials_dataversion (id, number, changed_at)
        VALUES (1, extract(epoch FROM now())::bigint, clock_timestamp())
        ON CONFLICT (id) DO UPDATE
        SET number = trials_dataversion.number + 1, changed_at = clock_timestamp();
    END IF;
    RETURN NULL;
END $$;
"""
WITHOUT_DAY = """
CREATE OR REPLACE FUNCTION trials_count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('trialfinder.counted', true), '') <> pg_current_xact_id()::text THEN
        PERFORM set_config('trialfinder.counted', pg_current_xact_id()::text, true);
        INSERT INTO trials_dataversion (id, number) VALUES (1, extract(epoch FROM now())::bigint)
        ON CONFLICT (id) DO UPDATE SET number = trials_dataversion.number + 1;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0023_data_version")]
    operations = [
        migrations.AddField("dataversion", "changed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(WITH_DAY, WITHOUT_DAY),
    ]
