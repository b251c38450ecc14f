"""Addresses of the administration."""

from django.urls import path

from shenava.desk.views import bodies, calendars, categories, mailboxes, people, units

urlpatterns = [
    path("organisation/", units.organisation, name="organisation"),
    path("units/", units.units, name="units"),
    path("units/new/", units.open_unit, name="open_unit"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("people/", people.people, name="people"),
    path("people/invitations/new/", people.invite, name="invite"),
    path("people/invitations/<int:pk>/withdrawal/", people.withdraw_invitation, name="withdraw_invitation"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.grant, name="grant"),
    path("people/<int:pk>/roles/<int:grant_pk>/withdrawal/", people.revoke, name="revoke"),
    path("people/<int:pk>/deactivation/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/activation/", people.do, {"verb": "activation"}, name="reactivate"),
    path("people/<int:pk>/sessions/", people.do, {"verb": "sessions"}, name="end_persons_sessions"),
    path("people/<int:pk>/second-factor/", people.do, {"verb": "second-factor"}, name="reset_second_factor"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/hours/", calendars.hours, name="calendar_hours"),
    path("calendars/<int:pk>/days/", calendars.day, name="calendar_day"),
    path("calendars/<int:pk>/days/<slug:day>/removal/", calendars.remove_day, name="remove_day"),
    path("calendars/<int:pk>/holidays/", calendars.holidays, name="calendar_holidays"),
    path("promises/<int:pk>/", calendars.promise, name="promise"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.new, name="new_body"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("categories/", categories.categories, name="categories"),
    path("categories/new/", categories.new, name="new_category"),
    path("categories/<int:pk>/", categories.category, name="category"),
    path("categories/<int:pk>/<slug:deed>/", categories.do, name="category_deed"),
    path("mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("mailboxes/new/", mailboxes.mailbox, name="new_mailbox"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("mailboxes/<int:pk>/trial/", mailboxes.trial, name="mailbox_trial"),
    path("outbox/<int:pk>/sending/", mailboxes.resend, name="resend"),
    path("outbox/<int:pk>/abandonment/", mailboxes.give_up, name="give_up"),
]
