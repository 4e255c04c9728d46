"""How one signs in, stays signed in, and is slowed down; the same in every environment."""

AUTH_USER_MODEL = "membership.User"
AUTHENTICATION_BACKENDS = [
    "membership.accounts.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/hoc-tap/"
LOGOUT_REDIRECT_URL = "/"
# The database keeps them; the cache, read first, saves a query on each page.
SESSION_ENGINE = "membership.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
OFFICE_IDLE_SECONDS = 60 * 60 * 8  # who is away for longer, and holds an office, signs in again
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "interface.errors.csrf_failure"

ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # typed once, and it can be shown
ACCOUNT_FORMS = {"login": "membership.entrance.SignInForm", "signup": "membership.entrance.EntranceForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "membership.forms.SignUpForm"
# Before the first sign-in of those who sign up; see membership.accounts.MailboxStage.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Công dân học tập] "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_ADAPTER = "membership.accounts.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Not a code by mail: who reads the mailbox would open what the password and the second factor guard.
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
# A whole commune office may sit behind one address: the account is the first key, the address a far ceiling.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "10/5m/key,300/5m/ip",  # of one name from one address
    "login_failed_account": "100/5m/key",  # of one name from all browsers that have not signed in as it before
    "login_failed_known": "10/5m/key,300/5m/ip",  # of one name in one that has
    "signup": "200/m/ip",
    "signup_with_commune": "120/5m/ip",  # twice for each who signs up
    "reset_password": "200/m/ip,5/m/key",
    "reset_password_from_key": "200/m/ip",
    "reauthenticate": "20/m/user",
    "change_password": "10/m/user",
    "manage_email": "20/m/user",
    "confirm_email": "1/3m/key",
}
SOCIALACCOUNT_ADAPTER = "membership.sign_on.SignOnAdapter"
SOCIALACCOUNT_FORMS = {"signup": "membership.sign_on.EntranceForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # name and commune are asked first
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "membership.accounts.MFAAdapter"
# An officer may have no mailbox; whoever signed up has proven theirs before they get this far.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # finger, face or PIN: possession alone would be less than a password
MFA_FORMS = {
    "authenticate_webauthn": "membership.passkeys.SecondFactorForm",
    "reauthenticate_webauthn": "membership.passkeys.ConfirmForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_TOTP_ISSUER = "Công dân học tập"
MFA_TOTP_TOLERANCE = 1
