"""What the SQLite inside sqlcipher3 can do, which is not what Python's own sqlite3 can do."""

from django.db.backends.sqlite3.features import DatabaseFeatures as SqliteFeatures


class DatabaseFeatures(SqliteFeatures):
    """Django asks Python's sqlite3 these questions; the answers here are SQLCipher's."""

    minimum_database_version = (3, 51, 3)
    max_query_params = 32_766  # SQLite's own default; sqlcipher3 cannot be asked
    can_alter_table_drop_column = True
    can_return_columns_from_insert = True
    can_return_rows_from_bulk_insert = True
    supports_json_field = True
    can_introspect_json_field = True
    has_json_object_function = True
