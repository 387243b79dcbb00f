from django.apps import AppConfig


class LockConfig(AppConfig):
    name = "safeguarding.lock"
