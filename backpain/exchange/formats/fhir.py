"""The log's pain scores, runs and questionnaires for clinical systems: a FHIR R4B bundle.

Codes are those of rules.md 13 and no others. What has none there has a code of our own, explained in the bundle
itself, or words alone. SNOMED CT needs a licence in many countries, so its codes are put in when asked for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from backpain.coach.history import Questionnaire, Run, Session
from backpain.training.choices import Site
from backpain.training.history import history_of
from backpain.training.questionnaires import INSTRUMENTS

from .archives import Account

LOINC, UCUM, SNOMED = "http://loinc.org", "http://unitsofmeasure.org", "http://snomed.info/sct"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
OWN = "urn:x-backpain:codes"
PAIN_SEVERITY = "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
ACTIVITY, RUNNING = ("73985-4", "Exercise activity"), ("LA11836-6", "Running")
DURATION = "55411-3", "Exercise duration"
SITE_CODES = {
    "low-back-left": "1017210004",
    "low-back-middle": "1141985005",
    "low-back-right": "1017211000",
    "mid-back": "1141986006",
}
DAY = dt.timedelta(days=1)
AT_ONCE = 500  # entries checked at once

type Data = dict[str, Any]


def bundle_of(account: Account, *, with_snomed: bool) -> bytes:
    """Return the bundle as JSON, each part of it checked against R4B."""
    from fhir.resources.R4B.bundle import Bundle  # half a second, which nobody else should wait for

    resources = _Resources(account, with_snomed=with_snomed).all()
    entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    head = {"resourceType": "Bundle", "type": "collection"}
    for some in batched(entries, AT_ONCE):
        Bundle.model_validate(head | {"entry": list(some)})
    return json.dumps(head | {"entry": entries}, ensure_ascii=False).encode()


class _Resources:
    """Writes the resources about one runner, who has a number here and no name."""

    def __init__(self, account: Account, *, with_snomed: bool) -> None:
        self.history = history_of(account.runner, on=None)
        self.id = uuid5(account.runner.uuid, "patient")
        self.with_snomed = with_snomed

    def all(self) -> Iterator[Data]:
        yield self._patient()
        yield self._code_system()
        for check_in in self.history.check_ins:
            id_, on = UUID(check_in.id), check_in.on.isoformat()
            words = _("Average back pain over the last 24 hours")
            yield self._pain(id_, check_in.score, "last-24-hours", words, on, check_in.sites)
        for run in self.history.runs:
            yield from self._run(run)
        for bout in self.history.sessions:
            yield from self._pain_around(bout)
        yield from map(self._questionnaire, self.history.questionnaires)

    def _patient(self) -> Data:
        born = self.history.runner.birth_year
        return {"resourceType": "Patient", "id": str(self.id)} | ({"birthDate": str(born)} if born else {})

    def _code_system(self) -> Data:
        """Explain the codes that are ours."""
        sites = [{"code": site.value, "display": str(site.label)} for site in Site]
        moments = [{"code": code, "display": words} for code, words in _moments().items()]
        return {
            "resourceType": "CodeSystem",
            "id": str(uuid5(self.id, OWN)),
            "url": OWN,
            "status": "active",
            "content": "complete",
            "concept": [
                {"code": "site", "display": _("Place on the body"), "concept": sites},
                {"code": "moment", "display": _("When the pain was"), "concept": moments},
            ],
        }

    def _observation(self, id_: UUID, code: Data, at: str, value: Data, **own: Any) -> Data:
        said = {"status": "final", "code": code, "subject": {"reference": f"urn:uuid:{self.id}"}}
        return {
            "resourceType": "Observation",
            "id": str(id_),
            **said,
            "effectiveDateTime": at,
            **value,
            **own,
        }

    def _pain(self, id_: UUID, score: int, moment: str, words: str, at: str, sites: Iterable[str]) -> Data:
        places = [self._place(site) for site in sorted(sites)]
        components = [_component("moment", _own(moment, _moments()[moment]))]
        own: Data = {"category": [{"coding": [{"system": CATEGORIES, "code": "survey"}]}]}
        if len(places) == 1:
            own["bodySite"] = places[0]
        elif places:  # an observation has one body site: all are named there, and coded one by one below
            own["bodySite"] = {"text": ", ".join(place["text"] for place in places)}
            components += [_component("site", place) for place in places]
        quantity = {"value": score, "unit": "score", "system": UCUM, "code": "{score}"}
        code = _loinc(PAIN_SEVERITY) | {"text": words}
        return self._observation(id_, code, at, {"valueQuantity": quantity}, **own, component=components)

    def _place(self, site: str) -> Data:
        place = _own(site, str(Site(site).label))
        if self.with_snomed and site in SITE_CODES:
            place["coding"].append({"system": SNOMED, "code": SITE_CODES[site]})
        return place

    def _pain_around(self, bout: Run | Session) -> Iterator[Data]:
        for moment, at in self._times(bout):
            score = getattr(bout.pain, moment.replace("-", "_"))
            if score is not None:
                id_ = uuid5(UUID(bout.id), moment)
                yield self._pain(id_, score, moment, _moments()[moment], at, bout.sites)

    def _times(self, bout: Run | Session) -> Iterator[tuple[str, str]]:
        """Yield the moments of a bout; where it is not said how long it took, after is when it began."""
        over = bout.started_at + dt.timedelta(seconds=bout.duration_s or 0)
        morning = self.history.runner.day_of_bout(bout) + DAY
        yield "before", bout.started_at.isoformat()
        yield "during", bout.started_at.isoformat()
        yield "after", over.isoformat()
        yield "next-morning", morning.isoformat()

    def _run(self, run: Run) -> Iterator[Data]:
        """Yield a run with what is known of it: how long it took, and the pain around it."""
        id_, at = UUID(run.id), run.started_at.isoformat()
        parts = list(self._pain_around(run))
        if run.duration_s is not None:
            minutes = {
                "value": round(run.duration_s / 60, 2),
                "unit": "min",
                "system": UCUM,
                "code": "min",
            }
            lasted = self._observation(
                uuid5(id_, "duration"), _loinc(DURATION), at, {"valueQuantity": minutes}
            )
            parts.append(lasted)
        kind = {"text": _("Walking")} if run.activity == "walk" else _loinc(RUNNING)
        members = [{"reference": f"urn:uuid:{part['id']}"} for part in parts]
        own = {"hasMember": members} if members else {}
        yield self._observation(id_, _loinc(ACTIVITY), at, {"valueCodeableConcept": kind}, **own)
        yield from parts

    def _questionnaire(self, filled: Questionnaire) -> Data:
        words = {item.key: str(item.words) for item in INSTRUMENTS[filled.form].items}
        items = [
            {
                "linkId": name if name in words else f"activity-{number}",
                **_text(words.get(name, name)),
                "answer": [{"valueInteger": answer}],
            }
            for number, (name, answer) in enumerate(sorted(filled.answers.items()), start=1)
        ]
        return {
            "resourceType": "QuestionnaireResponse",
            "id": filled.id,
            "questionnaire": f"{OWN}:{filled.form}",
            "status": "completed",
            "subject": {"reference": f"urn:uuid:{self.id}"},
            "authored": filled.on.isoformat(),
            "item": items,
        }


def _moments() -> dict[str, str]:
    return {
        "last-24-hours": _("Over the last 24 hours"),
        "before": _("Pain before"),
        "during": _("Pain during"),
        "after": _("Pain after"),
        "next-morning": _("Pain the next morning"),
    }


def _text(words: str) -> Data:
    """Return what somebody typed as FHIR takes it: no empty text, and of the blanks only the usual ones."""
    typed = " ".join(words.split())
    return {"text": typed} if typed else {}


def _loinc(code: tuple[str, str]) -> Data:
    return {"coding": [{"system": LOINC, "code": code[0], "display": code[1]}]}


def _own(code: str, words: str) -> Data:
    return {"coding": [{"system": OWN, "code": code, "display": words}], "text": words}


def _component(code: str, value: Data) -> Data:
    return {"code": {"coding": [{"system": OWN, "code": code}]}, "valueCodeableConcept": value}
