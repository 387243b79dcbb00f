"""Every record belongs to one setting, and the database knows it (ADR 0006, ADR 0018)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F, Model

OF_NO_SETTING = {
    "people.User": "a person may belong to several settings; sign-in is outside them",
    "people.HeldForm": "a person's own typing, sealed for them alone, gone within a week",
    "people.PersonKey": "a person's key pair opens with their sign-in, which is outside settings",
    "people.Setting": "the wall itself",
    "people.Group": "answers for several settings",
    "audit.SigningKey": "the whole installation signs with it",
    "audit.Checkpoint": "one number over the chains of all settings; it tells nothing of any",
}
UNIQUE_ACROSS_SETTINGS = {
    ("people.User", "email"): "one sign-in for a person, wherever they belong",
    ("people.PersonKey", "follows"): "one key of a person follows another",
    ("people.Setting", "slug"): "it is the setting's address",
    ("people.Group", "slug"): "it is the group's address",
    ("audit.SigningKey", "public"): "the whole installation signs with it",
    ("audit.Checkpoint", "number"): "counts the installation's checkpoints",
    ("audit.Checkpoint", "words"): "stand for one checkpoint on paper",
}

MODELS = [model for model in apps.get_models() if model.__module__.startswith("safeguarding.")]
TENANT = [model for model in MODELS if model._meta.label not in OF_NO_SETTING]


def label(model: type[Model]) -> str:
    return model._meta.label


def has_setting(model: type[Model]) -> bool:
    return "setting_id" in {field.attname for field in model._meta.concrete_fields}


def test_there_are_records() -> None:
    assert len(TENANT) > 30
    assert set(OF_NO_SETTING) <= {label(model) for model in MODELS}


@pytest.mark.parametrize("model", TENANT, ids=label)
def test_a_record_belongs_to_a_setting(model: type[Model]) -> None:
    assert has_setting(model), "derive it from SettingRecord, or say above why it has no setting"
    setting = model._meta.get_field("setting_id" if _by_id(model) else "setting")
    assert not setting.null, "a record without a setting would be outside every wall"


def _by_id(model: type[Model]) -> bool:
    """Whether it names its setting by value: the apps below people know no settings."""
    return model._meta.app_label in {"audit", "law"}


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_what_is_unique_is_unique_within_a_setting(model: type[Model]) -> None:
    across = {
        names
        for names in unique_sets(model)
        if not {"setting", "setting_id"} & set(names)
        and (label(model), ",".join(names)) not in UNIQUE_ACROSS_SETTINGS
    }
    assert across == set(), "add the setting to it, or say above why it spans settings"


def unique_sets(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """The fields that are unique together, but for the primary key.

    A one-to-one with another record of a setting counts as within it: that record's own id is
    unique and belongs to one setting.
    """
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(constraint.fields)
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and not _is_one_to_one_within(field):
            yield (field.name,)


def _is_one_to_one_within(field: models.Field[Any, Any]) -> bool:
    to = field.related_model
    return bool(field.one_to_one) and isinstance(to, type) and has_setting(to)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=label)
def test_the_database_holds_every_constraint_and_index_we_declare(model: type[Model]) -> None:
    declared = {one.name for one in [*model._meta.constraints, *model._meta.indexes]}
    with connection.cursor() as cursor:
        made = _as_made(cursor, model)
        missing = {name for name in declared if name not in made}
        if missing:  # of SQLite it takes long to ask
            missing -= set(connection.introspection.get_constraints(cursor, model._meta.db_table))

    assert not missing, f"missing in {connection.display_name}"


def _as_made(cursor: Any, model: type[Model]) -> str:
    """How the table and its triggers were made: a database lists no triggers, nor SQLite all foreign keys."""
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass",
    }
    cursor.execute(asked[connection.vendor], [model._meta.db_table])
    return " ".join(str(row[0]) for row in cursor.fetchall())


def test_no_record_points_into_another_setting(both: object) -> None:
    """Every reference of two lived-in nurseries, followed once."""
    references = [
        (model, field.name)
        for model in TENANT
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model and has_setting(field.related_model)
    ]
    crossing = [
        f"{label(model)}.{name}"
        for model, name in references
        if model._default_manager.filter(**{f"{name}__isnull": False})
        .exclude(**{f"{name}__setting_id": F("setting_id")})
        .exists()
    ]
    assert len(references) > 40
    assert crossing == []
