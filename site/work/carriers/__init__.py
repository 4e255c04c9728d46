"""What carries letters out, those first of which few are written and somebody waits for each."""

from work.carriers.contract import AwayError, Carrier, Give, NobodyThereError, RefusedError
from work.carriers.mail import Mail
from work.carriers.push import Push
from work.carriers.texts import Texts

carriers: dict[str, Carrier] = {carrier.name: carrier for carrier in (Texts("sms"), Texts("zalo"), Push(), Mail())}
