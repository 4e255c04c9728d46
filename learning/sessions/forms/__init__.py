"""What people type here."""

from learning.sessions.forms.coming import CodeForm, InviteForm
from learning.sessions.forms.materials import MaterialForm
from learning.sessions.forms.planning import ChangeForm, RepeatForm, SessionForm
