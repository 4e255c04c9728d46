from learning.evidence.certificates.pages import addresses
from learning.tracking.certificates.words import COURSES

app_name = "course_certificates"

urlpatterns = addresses(COURSES)
