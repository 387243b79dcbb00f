from django.apps import AppConfig


class WitnessConfig(AppConfig):
    name = "safeguarding.witness"
