from django.urls import path, re_path

from learning.evidence.views import files, observing, own, passport, register, verifying

app_name = "evidence"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("them/", own.add, name="add"),
    path("<uuid:evidence_id>/sua/", own.correct, name="correct"),
    path("<uuid:evidence_id>/rut/", own.withdraw, name="withdraw"),
    path("<uuid:evidence_id>/niem-phong/", own.proof, name="proof"),
    path("<uuid:evidence_id>/bang-chung.json", own.proof_file, name="proof_file"),
    path("ho-so/", passport.passport, name="passport"),
    re_path(r"^ho-so/ho-so-hoc-tap\.(?P<kind>json|jwt)$", passport.passport_file, name="passport_file"),
    path("ho-so/nhap/", passport.BringInView.as_view(), name="bring_in"),
    path("ho-so/nhap/<uuid:pk>/", passport.BringInPlanView.as_view(), name="bring_in_plan"),
    path("tep/<uuid:file_id>/", files.file, name="file"),
    path("tep/noi-dung/<str:token>/", files.content, name="file_content"),
    path("niem-phong/", register.register, name="register"),
    path("niem-phong/<int:number>.txt", register.checkpoint, name="checkpoint"),
    path("niem-phong/<int:old>-<int:new>.json", register.consistency, name="consistency"),
    path("niem-phong/verifier.py", register.program, name="program"),
    path("xac-nhan/", verifying.to_verify, name="to_verify"),
    path("xac-nhan/<uuid:evidence_id>/dong-y/", verifying.confirm, name="confirm"),
    path("xac-nhan/<uuid:evidence_id>/tu-choi/", verifying.refuse, name="refuse"),
    path("ghi-nhan/", observing.people, name="observing"),
    path("ghi-nhan/<str:code>/", observing.observe, name="observe"),
    path("ghi-nhan/<str:code>/giay-to/", observing.declare, name="declare_for"),
]
