"""What pages may load, as Content-Security-Policy: strict everywhere; Wagtail's admin needs inline scripts. And what of
the device no page of ours asks for, so that nothing that slips in can.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

SITE = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
    "base-uri": [NONE],
    "manifest-src": [SELF],
}
ADMIN = {
    **SITE,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

_NEVER_ASKED_FOR = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi"),
    *("payment", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NEVER_ASKED_FOR)
