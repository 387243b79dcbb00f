"""Pages that exist in the demo only."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("code/", views.code, name="code"),
    path("mail/", views.mail, name="mail"),
    path("components/", views.components, name="components"),
]
