"""Addresses for getting in, and of one's own account."""

from django.urls import path

from shenava.desk.views import account, login, set_up

urlpatterns = [
    path("login/", login.login, name="login"),
    path("login/code/", login.second_factor, name="second_factor"),
    path("logout/", login.logout, name="logout"),
    path("password/lost/", login.reset_request, name="reset_request"),
    path("password/", login.reset, name="reset"),
    path("invitation/", login.accept_invitation, name="accept_invitation"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("account/", account.account, name="account"),
    path("account/preferences/", account.preferences, name="preferences"),
    path("account/password/", account.password, name="change_password"),
    path("account/second-factor/", account.second_factor, name="enrol"),
    path("account/deputies/", account.delegate, name="delegate"),
    path("account/deputies/<int:pk>/end/", account.end_delegation, name="end_delegation"),
    path("account/work/", account.hand_over, name="hand_over_own"),
    path("account/sessions/", account.end_sessions, name="end_sessions"),
    path("account/sessions/<int:pk>/", account.end_session, name="end_session"),
]
