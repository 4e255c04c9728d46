from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from membership.actions import erase_person
from membership.models import Person, User


class Command(BaseCommand):
    help = "Erases all that is personal about someone, at their wish; figures stay under a pseudonym. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the code of the person's record")
        parser.add_argument("--by", required=True, help="the sign-in name of the officer who was asked")

    def handle(self, *args: Any, code: str, by: str, **options: Any) -> None:
        try:
            person = Person.objects.on_record().get(code=code.upper())
            erase_person(person=person, by=User.objects.get(username=by), at=timezone.now())
        except (Person.DoesNotExist, User.DoesNotExist) as unknown:
            raise CommandError(str(unknown)) from unknown
        except (PermissionDenied, ValidationError) as refused:
            raise CommandError("; ".join(getattr(refused, "messages", [str(refused)]))) from refused
        self.stdout.write(f"Erased: person {person.pk}.")
