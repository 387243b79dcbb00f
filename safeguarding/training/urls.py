"""The addresses behind /at/<setting>/training/."""

from django.urls import path

from .views import awareness, induction, overview, own_items, papers, recording, topics

app_name = "training"
urlpatterns = [
    path("", overview.matrix, name="matrix"),
    path("mine/", overview.mine, name="mine"),
    path("people/<uuid:member_id>/", overview.person, name="person"),
    path("register.csv", papers.register_csv, name="register_csv"),
    path("register.pdf", papers.register_pdf, name="register_pdf"),
    path("people/<uuid:member_id>/register.csv", papers.person_csv, name="person_csv"),
    path("people/<uuid:member_id>/register.pdf", papers.person_pdf, name="person_pdf"),
    path("attendances/<uuid:attendance_id>/paper/", papers.paper, name="paper"),
    path("events/", recording.events, name="events"),
    path("events/record/", recording.record, name="record"),
    path("events/<uuid:training_id>/", recording.event, name="event"),
    path("mine/record/", recording.record_own, name="record_own"),
    path("to-confirm/", recording.to_confirm, name="to_confirm"),
    path("attendances/<uuid:attendance_id>/confirm/", recording.confirm, name="confirm"),
    path("attendances/<uuid:attendance_id>/take-back/", recording.take_back, name="take_back"),
    path(
        "attendances/<uuid:attendance_id>/certificate/",
        recording.add_certificate,
        name="add_certificate",
    ),
    path("certificates/<uuid:certificate_id>/", recording.certificate, name="certificate"),
    path(
        "certificates/<uuid:certificate_id>/take-back/",
        recording.destroy_certificate,
        name="destroy_certificate",
    ),
    path("topics/", topics.topics, name="topics"),
    path("topics/add/", topics.add, name="add_topic"),
    path(
        "topics/to-come/<uuid:requirement_id>/taken-back/",
        topics.take_back,
        name="take_back_requirement",
    ),
    path("topics/<slug:topic_slug>/", topics.ask, name="ask"),
    path("topics/<slug:topic_slug>/change/", topics.change, name="change_topic"),
    path("topics/<slug:topic_slug>/remove/", topics.remove, name="remove_topic"),
    path("awareness/", awareness.awareness, name="awareness"),
    path("awareness/plan/", awareness.plan, name="plan"),
    path("awareness/<uuid:activity_id>/", awareness.activity, name="activity"),
    path("awareness/<uuid:activity_id>/correct/", awareness.correct, name="correct_answer"),
    path("induction/items/", own_items.items, name="items"),
    path("induction/items/add/", own_items.add, name="add_item"),
    path("induction/items/<slug:item_slug>/change/", own_items.change, name="change_item"),
    path("induction/items/<slug:item_slug>/retire/", own_items.retire, name="retire_item"),
    path("induction/", induction.inductions, name="inductions"),
    path("induction/leave-out/", induction.leave_out, name="leave_out"),
    path("induction/<uuid:induction_id>/", induction.induction, name="induction"),
    path("induction/<uuid:induction_id>/mistake/", induction.by_mistake, name="ticked_by_mistake"),
    path("induction/<uuid:induction_id>/sign/", induction.sign, name="sign"),
    path("people/<uuid:member_id>/induction/", induction.begin, name="begin_induction"),
]
