"""Nouns: reports under /concerns/, cases under /concerns/cases/."""

from django.urls import path

from .views import (
    access,
    allegations,
    cases,
    chronologies,
    drawing,
    papers,
    reporting,
    steps,
    triage,
)

app_name = "concerns"
CASE = "cases/<uuid:case_id>/"
STEP = CASE + "procedures/<uuid:run_id>/<slug:step_id>/"

urlpatterns = [
    path("new/", reporting.report, name="report"),
    path("mine/", reporting.mine, name="mine"),
    path("mine/<uuid:concern_id>/", reporting.receipt, name="receipt"),
    path("mine/<uuid:concern_id>/add/", reporting.add, name="add"),
    path("", triage.waiting, name="waiting"),
    path("<uuid:concern_id>/", triage.concern, name="concern"),
    path("<uuid:concern_id>/case/", triage.open_case, name="open_case"),
    path("<uuid:concern_id>/case/<uuid:case_id>/", triage.gather, name="gather"),
    path("<uuid:concern_id>/related/", papers.related, name="related"),
    path("<uuid:concern_id>/person/", triage.name_person, name="name_person"),
    path("<uuid:concern_id>/allegation/", allegations.start_from_report, name="start_from_report"),
    path("<uuid:concern_id>/aside/", triage.put_aside, name="put_aside"),
    path("children/<uuid:child_id>/", chronologies.childs_file, name="childs_file"),
    path("children/<uuid:child_id>/paper/", papers.print_file, name="print_file"),
    path("cases/", cases.cases, name="cases"),
    path("low-level/", allegations.low_level, name="low_level"),
    path("low-level/<uuid:case_id>/", allegations.pattern, name="pattern"),
    path(CASE + "allegation/", allegations.start_from_case, name="start_from_case"),
    path(CASE, cases.case, name="case"),
    path(CASE + "chronology/", chronologies.chronology, name="chronology"),
    path(CASE + "paper/", papers.print_case, name="print_case"),
    path(CASE + "people/", papers.people, name="people"),
    path(CASE + "people/siblings/<uuid:child_id>/", papers.add_sibling, name="add_sibling"),
    path(CASE + "add/<slug:what>/", cases.work, name="work"),
    path(CASE + "entries/<uuid:entry_id>/correction/", cases.correct, name="correct"),
    path(CASE + "referrals/<uuid:referral_id>/reply/", cases.reply, name="reply"),
    path(CASE + "procedures/", access.start_procedure, name="start_procedure"),
    path(CASE + "procedures/<uuid:run_id>/", drawing.drawing, name="drawing"),
    path(STEP, steps.step, name="step"),
    path(STEP + "left-out/", steps.leave_out, name="leave_out"),
    path("technical/<uuid:run_id>/<slug:step_id>/", steps.technical_step, name="technical_step"),
    path(CASE + "readers/", access.readers, name="readers"),
    path(CASE + "readers/new/", access.let_know, name="let_know"),
    path(CASE + "readers/<uuid:granted_id>/end/", access.end_need_to_know, name="end_need_to_know"),
    path(CASE + "people/new/", access.person, name="person"),
    path(CASE + "class/", access.reclassify, name="reclassify"),
    path(CASE + "closure/", access.close, name="close"),
    path(CASE + "reopening/", access.reopen, name="reopen"),
    path("actions/<uuid:action_id>/", access.action, name="action"),
]
