from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "safeguarding.agreements"
