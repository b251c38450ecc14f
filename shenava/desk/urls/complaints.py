"""Addresses of complaints and the cartable."""

from django.urls import path

from shenava.desk.views import (
    cartable,
    complaints,
    deeds,
    exports,
    files,
    intake,
    keys,
    lists,
    outgoing,
    overview,
    referrals,
    search,
    together,
)

urlpatterns = [
    path("", cartable.home, name="home"),
    path("search/", search.search, name="search"),
    path("cartable/<slug:folder>/", cartable.folder, name="folder"),
    path("cartable/<slug:folder>/next/", cartable.next_one, name="next"),
    path("overview/", overview.show, name="overview"),
    path("complaints/", lists.show, name="list"),
    path("complaints/narrow/", lists.narrow, name="narrow"),
    path("complaints/columns/", lists.keep_columns, name="columns"),
    path("complaints/views/", lists.keep_view, name="views"),
    path("complaints/views/<int:pk>/removal/", lists.forget_view, name="forget_view"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/file/", exports.download, name="export_file"),
    path("together/<slug:noun>/", together.do, name="together"),
    path("keys/", keys.show, name="keys"),
    path("complaints/new/", intake.register, name="register"),
    path("complaints/new/history/", intake.history, name="intake_history"),
    path("complaints/<str:reference>/", complaints.show, name="complaint"),
    path("complaints/<str:reference>/flags/", deeds.flag, name="flag"),
    path("complaints/<str:reference>/files/<int:pk>/", files.download, name="file"),
    path("complaints/<str:reference>/messages/<int:pk>/", files.message_frame, name="message_frame"),
    path("complaints/<str:reference>/mail/<int:pk>/<slug:noun>/", outgoing.settle, name="settle_mail"),
    path("complaints/<str:reference>/circulation/", complaints.circulation, name="circulation"),
    path("complaints/<str:reference>/drafts/<slug:kind>/", deeds.draft, name="draft"),
    path("complaints/<str:reference>/links/<str:other>/removal/", deeds.unlink, name="unlink"),
    path("complaints/<str:reference>/referrals/<int:pk>/<slug:noun>/", referrals.do, name="referral"),
    path("complaints/<str:reference>/<slug:noun>/", deeds.do, name="deed"),
]
