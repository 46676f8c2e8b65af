"""`manage.py reset_second_factor EMAIL`: the way back for a person who lost phone and recovery codes.

It takes access to the server. First make sure by telephone that the person is who they say they are.
"""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext


class Command(BaseCommand):
    help = "Take away a person's second factor; they set up a new one when they next sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("Nobody here has this address.", returncode=2)
        Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        words = gettext(
            "Your second factor was reset by whoever runs the site. "
            "You set up a new one when you next sign in. "
            "If you did not ask for this, tell them at once."
        )
        transaction.on_commit(
            lambda: send_mail(gettext("Your second factor was reset"), f"{words}\n", None, [user.email])
        )
        self.stdout.write(f"{user.email} signs in with the password, then sets up a new second factor.")
