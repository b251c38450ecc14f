"""Who acts: parties, users, units, roles, standing, login."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who acts: parties, users, units, roles, standing, login."""

    name = "shenava.people"
    label = "people"
