from django.urls import path

from . import views
from .calendar import views as calendar

app_name = "notifications"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/file/", calendar.download, name="calendar_file"),
    path("calendar/of/<str:token>/", calendar.feed, name="feed"),
    path("<uuid:notification_id>/", views.follow, name="open"),
]
