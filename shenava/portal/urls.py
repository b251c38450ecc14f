"""Addresses of the portal."""

from django.urls import path

from shenava.portal.views import complaint, complaints, files, home, policy, tracking

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("complaints/new/", complaints.complain, name="complain"),
    path("complaints/<str:code>/receipt/", complaints.receipt, name="receipt"),
    path("policy/", policy.policy, name="policy"),
    path("track/", tracking.track, name="track"),
    path("track/code/", tracking.one_time_code, name="one_time_code"),
    path("track/codes/", tracking.ask_for_code, name="ask_for_code"),
    path("complaints/<str:code>/", complaint.show, name="complaint"),
    path("complaints/<str:code>/information/", complaint.add, name="add"),
    path("complaints/<str:code>/acceptance/", complaint.accept, name="accept"),
    path("complaints/<str:code>/rejection/", complaint.reject, name="reject"),
    path("complaints/<str:code>/withdrawal/", complaint.withdraw, name="withdraw"),
    path("complaints/<str:code>/reopening/", complaint.reopen, name="reopen"),
    path("complaints/<str:code>/review/", complaint.ask_review, name="review"),
    path("complaints/<str:code>/files/<int:pk>/", files.download, name="file"),
    path("complaints/<str:code>/stop/", tracking.stop, name="stop"),
]
