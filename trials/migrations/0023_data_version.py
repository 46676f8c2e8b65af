"""The number of `DataVersion`, and the triggers that count it up.

They are constraint triggers deferred to the end of the transaction: the row is locked for the moment of the
commit alone, so that two imports do not wait for each other, and a reader that sees the new number sees the
new rows too. The first of them in a transaction counts; a mark of the transaction keeps the others idle.
The first number is the second it was made in: an emptied and filled database never repeats an old one.
"""

from django.db import migrations, models

SHOWN = (
    "trials_trial",
    "trials_registration",
    "trials_trialsite",
    "trials_site",
    "trials_trialevent",
    "trials_siteconfirmation",
    "trials_listingedit",
    "trials_productgiven",
    "trials_hiding",
)
"""Tables that public pages read, besides `trials_registrysource`, whose progress changes every second."""

COUNT = """
CREATE FUNCTION trials_count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('trialfinder.counted', true), '') <> pg_current_xact_id()::text THEN
        PERFORM set_config('trialfinder.counted', pg_current_xact_id()::text, true);
        INSERT INTO trials_dataversion (id, number) VALUES (1, extract(epoch FROM now())::bigint)
        ON CONFLICT (id) DO UPDATE SET number = trials_dataversion.number + 1;
    END IF;
    RETURN NULL;
END $$;
"""


def _trigger(table: str, event: str, condition: str = "") -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER {table}_{event.lower()}_counts AFTER {event} ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {condition} EXECUTE FUNCTION trials_count_up();"
    )


def _triggers(table: str, changed: str = "OLD.* IS DISTINCT FROM NEW.*") -> str:
    return "".join(
        (_trigger(table, "INSERT"), _trigger(table, "DELETE"), _trigger(table, "UPDATE", f"WHEN ({changed})"))
    )


SOURCE_CHANGED = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}"
    for name in ("last_good_at", "files_at", "last_error", "data_timestamp", "importing_since")
)


class Migration(migrations.Migration):
    dependencies = [("trials", "0022_products_given")]
    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION trials_count_up() CASCADE"),
        migrations.RunSQL(
            "".join(map(_triggers, SHOWN)) + _triggers("trials_registrysource", SOURCE_CHANGED),
            migrations.RunSQL.noop,  # gone with their function
        ),
    ]
