"""What officers and administrators do about people in Wagtail's admin. Every change goes through an action."""

from membership.administration.viewsets import PeopleViewSetGroup
