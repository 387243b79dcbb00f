"""Logs say where something broke, and nothing anybody wrote."""

import logging
import sys

from django.test import RequestFactory
from django.urls import ResolverMatch

from foundation.logs import PrivateFormatter


def logged(message: str, *args: object, **extra: object) -> str:
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, message, args, sys.exc_info()
    )
    record.__dict__.update(extra)
    return PrivateFormatter().format(record)


def test_the_words_of_an_error_are_left_out_and_its_place_is_kept() -> None:
    try:
        try:
            raise KeyError("Kit Marlow")
        except KeyError as first:
            raise ValueError("what Kit said") from first
    except ValueError:
        line = logged("Something broke")

    assert "Kit" not in line
    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert "in test_the_words_of_an_error" in line


def test_a_request_is_known_by_its_route_not_its_address() -> None:
    request = RequestFactory().post("/concerns/6b0f2a2e/?child=Kit")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, route="concerns/<uuid:case>/")
    line = logged("%s: %s", "Not Found", request.path, request=request, status_code=404)

    assert "404 to POST concerns/<uuid:case>/" in line
    assert "6b0f2a2e" not in line


def test_an_address_we_do_not_have_is_not_repeated() -> None:
    request = RequestFactory().get("/kit-marlow-was-hit/")
    line = logged("%s: %s", "Not Found", request.path, request=request, status_code=404)

    assert "404 to GET an address we do not have" in line
    assert "marlow" not in line
