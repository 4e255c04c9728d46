"""Loads the demo: real content in Vietnamese, six communes, some 300 people in every state of two years."""

import datetime
import random
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from home.demo.calls import call_people
from home.demo.content import fill_search, publish_everything
from home.demo.evaluation import evaluate_everyone, score_everyone
from home.demo.feedback import say_back
from home.demo.learning import Calendar, fill_ledger, learn_everything, play_activities, seal_by_months
from home.demo.letters import write_letters
from home.demo.moderation import submit_one
from home.demo.notes import write_down
from home.demo.oversight import send_reports
from home.demo.people import (
    PASSWORD,
    PROVINCE,
    SLIP_CODE,
    STANDING,
    ask_about_data,
    enter_a_breach,
    hand_out_slip,
    populate,
    put_on_record_twice,
    totp_secret,
)
from home.demo.plans import plan_the_year
from home.demo.proposals import propose_some
from home.demo.registrations import register_some
from home.demo.units import carry_out_a_decree, look_back
from membership.models import Slip, User


class Command(BaseCommand):
    help = "Load the demo content and people; a second time it changes nothing and prints the sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo's passwords are public: it is never loaded with production settings.")
        if not User.objects.filter(username=STANDING[0].username).exists():
            self._load()
        self._print_sign_ins()

    def _load(self) -> None:
        started = time.monotonic()
        chance = random.Random(4742)
        now = _with_a_year_behind_it(timezone.localtime().replace(microsecond=0))
        start = now.replace(year=now.year - 1, month=7, day=1, hour=8, minute=0, second=0)
        with transaction.atomic():
            self.stdout.write("Loading the demo: units, criteria, targets …")
            call_command("load_reference", PROVINCE)
            population = populate(start=start, chance=chance)
            look_back(population, start)
            self.stdout.write("… materials, courses, questions …")
            publish_everything(by=population.administrator, at=start)
            fill_search(by=population.administrator, at=start, now=now)
            self.stdout.write("… what people learned …")
            learn_everything(population, Calendar(now, chance))
            call_people(population, now)
            play_activities(population, now)
            write_down(population, now)
            say_back(population, now)
            submit_one(population, now)
            fill_ledger(population, now, random.Random(6962))
            self.stdout.write("… dossiers, decisions, titles …")
            evaluate_everyone(population, now, chance)
            register_some(population, now, random.Random(now.year))
            propose_some(population, now)
            plan_the_year(population, now)
            score_everyone(now)
            seal_by_months(now)
            send_reports(population, now)
            write_letters(population, now)
            hand_out_slip(population, now)
            put_on_record_twice(population, now)
            ask_about_data(population, now)
            enter_a_breach(population, now)
            carry_out_a_decree(population, now)
        self.stdout.write("… the search's index …")
        call_command("tick", only=["follow_changes"], verbosity=0)
        self.stdout.write(f"Demo loaded in {time.monotonic() - started:.0f} s.")

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"\nDemo sign-ins at {settings.BASE_URL}/tai-khoan/login/ , password: {PASSWORD}")
        for who in STANDING:
            second = "" if who.is_member else f"  second factor: {totp_secret(who.username)}"
            self.stdout.write(f"  {who.username:8} {who.full_name:16} {who.says!s:34}{second}")
        slip = Slip.objects.open_at(timezone.now()).with_code(SLIP_CODE).select_related("person").first()
        if slip is not None:
            person, address = slip.person, f"{settings.BASE_URL}/tai-khoan/phieu/#{SLIP_CODE}"
            self.stdout.write(f"  a slip of {person.full_name}, born {person.birth_year}: {address}")
        self.stdout.write("")


def _with_a_year_behind_it(now: datetime.datetime) -> datetime.datetime:
    """In the first days of a year nobody's dossier can have come through every body: the demo stays in the last one."""
    return now.replace(year=now.year - 1, month=12, day=31) if now.timetuple().tm_yday < 14 else now
