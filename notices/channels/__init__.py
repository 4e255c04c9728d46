"""By which channels notices leave the site: those that somebody has set up."""

from notices.channels.contract import Address, Channel
from notices.channels.mail import Mail
from notices.channels.texts import SMS, ZALO
from work.carriers import carriers

MAIL = Mail()
channels: dict[str, Channel] = {channel.key: channel for channel in (MAIL, SMS, ZALO)}


def present() -> list[Channel]:
    return [channel for channel in channels.values() if carriers[channel.carrier].is_on]
