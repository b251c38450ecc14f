"""Addresses of the desk."""

from shenava.desk.urls import accounts, administration, complaints, unread

app_name = "desk"
urlpatterns = [
    *accounts.urlpatterns,
    *administration.urlpatterns,
    *unread.urlpatterns,
    *complaints.urlpatterns,
]
