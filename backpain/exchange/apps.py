from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "backpain.exchange"
