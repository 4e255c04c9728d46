from django.urls import path

from learning.evidence.views import files, own, register, verifying

app_name = "evidence"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("them/", own.add, name="add"),
    path("<uuid:evidence_id>/sua/", own.correct, name="correct"),
    path("<uuid:evidence_id>/rut/", own.withdraw, name="withdraw"),
    path("<uuid:evidence_id>/niem-phong/", own.proof, name="proof"),
    path("<uuid:evidence_id>/bang-chung.json", own.proof_file, name="proof_file"),
    path("tep/<uuid:file_id>/", files.file, name="file"),
    path("tep/noi-dung/<str:token>/", files.content, name="file_content"),
    path("niem-phong/", register.register, name="register"),
    path("niem-phong/<int:number>.txt", register.checkpoint, name="checkpoint"),
    path("niem-phong/<int:old>-<int:new>.json", register.consistency, name="consistency"),
    path("niem-phong/verifier.py", register.program, name="program"),
    path("xac-nhan/", verifying.to_verify, name="to_verify"),
    path("xac-nhan/<uuid:evidence_id>/dong-y/", verifying.confirm, name="confirm"),
    path("xac-nhan/<uuid:evidence_id>/tu-choi/", verifying.refuse, name="refuse"),
]
