"""Everything that changes what public pages say, by the functions that really do it, at random."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from importers.matching import merge
from importers.models import ImportRun
from importers.models.links import TrialLink
from importers.models.places import PlaceAnswer
from importers.pipeline import start
from importers.place_answers.answers import key_of
from importers.place_answers.unsure import concerned
from importers.registries.slugs import Registry
from importers.review import decide
from tests.builders import make_trial, site
from tests.desk import person
from tests.studies import study, write_lines
from trials.browse.products import approved_in
from trials.catalogue import ageing
from trials.choices import Status
from trials.models import LabelCorrection, ProductAnswer, ProductGiven, Registration, Site
from trials.models.workspace import HospitalAnswer, ListingEdit, SiteConfirmation
from trials.workspace import confirmations, edits, given
from trials.workspace.rights import Role, give_role

NCT, CTRI, IMPORTED = "NCT04999999", "CTRI/2023/03/050689", "NCT99000001"
CLINIC = "Shree Ganga Cancer Clinic"


def two_trials() -> None:
    """One study in both registries, which may be joined and parted; it has a hospital, and becomes stale."""
    old: dict[str, Any] = {"stale_from": date(2027, 1, 1), "conditions": ["lbcl"], "countries": ["India"]}
    names = {"secondary_ids": [{"value": NCT, "kind": "", "domain": ""}]}
    make_trial(NCT, sites=[site("Own Hospital")], summary="As registered", **old)
    make_trial(
        CTRI,
        registry=Registry.CTRI,
        status=Status.COMPLETED,
        details=names,
        sites=[site("Own Hospital")],
        **old,
    )
    with transaction.atomic():
        merge.settle(Registry.CTRI, [CTRI], timezone.now(), 1)


class Actions:
    """What people, imports and the clock do to two trials, at random."""

    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.chance, self.folder, self.number = chance, folder, 0
        self.who: User = person(admin=True)
        give_role(self.who, Role.EDITOR)

    def word(self) -> str:
        self.number += 1
        return f"words {self.number}"

    def registration(self) -> Registration:
        return self.chance.choice(
            list(Registration.objects.filter(registry_id__in=(NCT, CTRI)).order_by("pk"))
        )

    def site(self) -> Site:
        return Site.objects.get(slug="own-hospital-mumbai")

    def an_import(self) -> None:
        record = study(
            IMPORTED,
            identificationModule={"briefTitle": f"CD19 CAR T Cells, {self.word()}"},
            statusModule={"overallStatus": self.chance.choice(("RECRUITING", "COMPLETED", "WITHDRAWN"))},
        )
        module = record["protocolSection"]["contactsLocationsModule"]
        module["locations"] = [
            {"facility": CLINIC, "city": "Mumbai", "country": "India", "status": "RECRUITING"}
        ]
        path = write_lines(self.folder / "studies.jsonl", record)
        start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path)).pk)

    def an_edit(self) -> None:
        of, field = self.registration(), "summary_en"
        saw = edits.seen(*edits.current(of, field, None))
        draft = edits.save(of, field, None, self.word(), who=self.who, saw=saw)
        if self.chance.random() < 0.7:
            edits.hand_in(draft, who=self.who)

    def an_edit_taken_back(self) -> None:
        for edit in ListingEdit.objects.filter(state=ListingEdit.State.PUBLISHED)[:1]:
            edits.revert(edit, who=self.who)

    def a_confirmation(self) -> None:
        confirmations.say(
            self.registration(), self.site(), self.chance.choice(HospitalAnswer.values), self.who
        )

    def a_confirmation_undone(self) -> None:
        for word in SiteConfirmation.objects.filter(undone_at=None).order_by("?")[:1]:
            confirmations.undo(word)

    def hiding(self) -> None:
        of = self.registration()
        edits.hide(of, hidden=not of.hidden, reason=self.word(), who=self.who)

    def ageing(self) -> None:
        ageing.settle(self.chance.choice((timezone.now(), datetime(2027, 6, 1, tzinfo=UTC))))

    def fading(self) -> None:
        confirmations.fade(timezone.now() + timedelta(days=self.chance.choice((0, 120))))

    def a_product(self) -> None:
        product = self.chance.choice(approved_in()).product.name
        given.say(
            self.site(), {product: self.chance.choice(ProductAnswer.values)}, self.who, phone="022 2417"
        )

    def a_product_undone(self) -> None:
        for word in ProductGiven.objects.filter(undone_at=None)[:1]:
            given.undo_press(word)

    def a_place_answer(self) -> None:
        key = key_of(PlaceAnswer.Kind.HOSPITAL, CLINIC, "Mumbai", "Maharashtra")
        answer = {"hospital": f"{self.word()} Hospital".title(), "by": self.who}
        kind, text, within = key
        PlaceAnswer.objects.update_or_create(kind=kind, text=text, within=within, defaults=answer)
        for registry, numbers in concerned(key).items():
            start.carry_out(start.queue(registry, ImportRun.Source.REPARSE, only_ids=numbers).pk)

    def a_correction(self) -> None:
        of = self.registration()
        labels = {"conditions": [self.chance.choice(("lbcl", "aml", "b-all"))]}
        decide.decide(of.pk, labels, seen=decide.version(of), who=self.who)

    def a_correction_undone(self) -> None:
        for correction in LabelCorrection.objects.order_by("-pk")[:1]:
            decide.undo(correction, who=self.who)

    def a_link(self) -> None:
        self.chance.choice((merge.same, merge.not_same))(TrialLink.objects.get(), self.who)

    def a_failed_reading(self) -> None:
        run = start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(self.folder / "none.jsonl"))
        with suppress(FileNotFoundError):
            start.carry_out(run.pk)

    def all(self) -> list[Callable[[], None]]:
        people = [self.an_edit, self.an_edit_taken_back, self.hiding, self.a_confirmation]
        people += [self.a_confirmation_undone, self.a_product, self.a_product_undone]
        admins = [self.a_place_answer, self.a_correction, self.a_correction_undone, self.a_link]
        return [*people, *admins, self.an_import, self.a_failed_reading, self.ageing, self.fading]
