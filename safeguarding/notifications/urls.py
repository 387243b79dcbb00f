from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("<uuid:notification_id>/", views.follow, name="open"),
]
