"""Nouns: reports under /concerns/, cases under /concerns/cases/."""

from django.urls import path

from .views import access, cases, custody, files, reporting, steps, triage, work

app_name = "concerns"
CASE = "cases/<uuid:case_id>/"
ITEM = "custody/<uuid:item_id>/"
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
    path("<uuid:concern_id>/aside/", triage.put_aside, name="put_aside"),
    path("<uuid:concern_id>/note/", work.reply, name="reply_to_reporter"),
    path("cases/hand-over/", work.hand_over, name="hand_work_over"),
    path("cases/hand-over/<uuid:handover_id>/", work.handover, name="work_handover"),
    path("cases/hand-over/<uuid:handover_id>/taken/", work.take, name="take_work"),
    path("cases/", cases.cases, name="cases"),
    path(CASE, cases.case, name="case"),
    path(CASE + "chronology/", cases.chronology, name="chronology"),
    path(CASE + "add/<slug:what>/", cases.work, name="work"),
    path(CASE + "entries/<uuid:entry_id>/correction/", cases.correct, name="correct"),
    path(CASE + "referrals/<uuid:referral_id>/reply/", cases.reply, name="reply"),
    path(CASE + "files/", files.add, name="add_file"),
    path(CASE + "files/cleared/", files.clear, name="clear_files"),
    path(CASE + "files/<uuid:file_id>/", files.file, name="file"),
    path(CASE + "procedures/", access.start_procedure, name="start_procedure"),
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
    path("custody/", custody.register, name="custody"),
    path(ITEM, custody.item, name="custody_item"),
    path(ITEM + "label/", custody.label, name="custody_label"),
    path(ITEM + "hand-over/", custody.hand_over, name="hand_over"),
    path(ITEM + "offers/<uuid:offer_id>/", custody.offer, name="custody_offer"),
    path(ITEM + "police-advice/", custody.police_advice, name="police_advice"),
    path(ITEM + "kept/", custody.keep_on, name="keep_on"),
    path(ITEM + "destroyed/", custody.destroyed, name="destroyed"),
    path("actions/<uuid:action_id>/", access.action, name="action"),
]
