"""The addresses behind /at/<setting>/policies/reviews/."""

from django.urls import path

from .views import changing, hearing, leading, letters, reading

urlpatterns = [
    path("", reading.reviews, name="reviews"),
    path("ask/", leading.ask, name="ask_for_review"),
    path("changes/", changing.change, name="technical_change"),
    path("requests/<uuid:request_id>/", leading.review_request, name="review_request"),
    path("of/<uuid:policy_id>/open/", leading.open_review, name="open_review"),
    path("of/<uuid:policy_id>/before/", leading.before, name="known_review"),
    path("tasks/<uuid:task_id>/", leading.task, name="review_task"),
    path("voices/<uuid:voice_id>/", hearing.answer, name="answer_voice"),
    path("<uuid:review_id>/", reading.review, name="review"),
    path("<uuid:review_id>/say/", hearing.say, name="say"),
    path("<uuid:review_id>/write-down/", hearing.write_down, name="write_down"),
    path("<uuid:review_id>/letter/", letters.letter, name="review_letter"),
    path("<uuid:review_id>/letter.pdf", letters.letter_to_print, name="review_letter_to_print"),
    path("<uuid:review_id>/outcome/", leading.outcome, name="review_outcome"),
]
