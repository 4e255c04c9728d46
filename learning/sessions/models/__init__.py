"""What a unit holds for people to learn together, and who says that they come."""

from learning.sessions.models.certificate import AttendanceCertificate
from learning.sessions.models.material import Material
from learning.sessions.models.printing import PrintRun
from learning.sessions.models.session import CALLED_AS, Day, Invitee, Reply, Session, State
