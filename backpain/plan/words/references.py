"""What rests behind a rule: the articles of the catalogue (A-E) and published research (C..)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from backpain.exercises.shipped import shipped_entries

DOI = "https://doi.org/"
PAPERS = {
    "C01": ("Farrar 2001, Pain 94:149-158", "10.1016/S0304-3959(01)00349-9"),
    "C02": ("Childs 2005, Spine 30:1331-1334", "10.1097/01.brs.0000164099.92112.29"),
    "C03": ("Ostelo 2008, Spine 33:90-94", ""),
    "C07": ("Boonstra 2016, Frontiers in Psychology 7:1466", "10.3389/fpsyg.2016.01466"),
    "C09": ("Silbernagel 2007, American Journal of Sports Medicine 35:897-906", "10.1177/0363546506298279"),
    "C10": ("Thomee 1997, Physical Therapy 77:1690-1703", ""),
    "C11": ("Vincent & Vincent 2017, Current Sports Medicine Reports 16:122", "10.1249/JSR.0000000000000362"),
    "C12": ("Smith 2017, British Journal of Sports Medicine 51:1679-1687", "10.1136/bjsports-2016-097383"),
    "C15": ("Garmin-RUNSAFE 2025, British Journal of Sports Medicine", "10.1136/bjsports-2024-109380"),
    "C20": ("Ratamess 2009, Medicine & Science in Sports & Exercise 41:687-708", ""),
    "C21": ("Baechle & Earle, the 2-for-2 rule of strength training", ""),
    "C22": ("American College of Sports Medicine, 48 hours between sessions", ""),
    "C28": ("McGill, three trunk exercises with short holds", ""),
    "C29": ("Bosquet 2013, Scandinavian Journal of Medicine & Science in Sports", "10.1111/sms.12047"),
    "C31": ("Return-to-run rules of two clinics", ""),
    "C32": ("Vickers 2001, BMC Musculoskeletal Disorders 2:5; Pettitt 2010", ""),
    "C33": ("Menezes Costa 2012, CMAJ 184:E613-E624", "10.1503/cmaj.111271"),
    "C34": ("Henschke 2008, BMJ; Pengel 2003, BMJ 327:323", ""),
    "C35": ("de Vet 2002, Spine 27(21); Stanton 2011", ""),
    "C36": ("Costa 2019, Journal of Pain 20:1267-1275", ""),
    "C38": (
        "Finucane 2020, Journal of Orthopaedic & Sports Physical Therapy 50:350-372",
        "10.2519/jospt.2020.9971",
    ),
    "C39": ("Greenhalgh 2016, Primary Health Care Research & Development; British pathway 2023", ""),
    "C40": ("Pages of NHS services on when back pain needs help", ""),
    "C41": ("NICE guideline NG65, 2017", "https://www.nice.org.uk/guidance/ng65"),
    "C42": ("NICE guideline NG156, 2020", "https://www.nice.org.uk/guidance/ng156"),
    "C43": ("Downie 2013, BMJ 347:f7095", ""),
    "C44": ("Back pain in adolescent athletes, clinical pages", ""),
    "C45": ("Klossner 2000, Journal of Athletic Training 35:453-457, and later reviews", ""),
    "C46": ("Mountjoy 2023, British Journal of Sports Medicine 57:1073", "10.1136/bjsports-2023-106994"),
    "C48": ("NICE guideline NG59, 2016", "https://www.nice.org.uk/guidance/ng59"),
    "C49": ("Australian Low Back Pain Clinical Care Standard, 2022", ""),
    "C52": ("Pocovi 2024, Lancet 404:134-144", "10.1016/S0140-6736(24)00755-4"),
    "C55": ("NIST/SEMATECH handbook of statistical methods, cumulative sums", ""),
    "C56": ("Ono 2019, Journal of Medical Internet Research 21:e11398", ""),
    "C63": ("Clarsen 2013, British Journal of Sports Medicine 47:495", "10.1136/bjsports-2012-091524"),
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    id: str
    title: str
    url: str


@functools.cache
def references() -> dict[str, Reference]:
    """Return every reference a rule may name, by id."""
    articles = {
        entry["slug"]: Reference(id=entry["slug"], title=entry["title"], url=entry["url"])
        for entry in shipped_entries()["sources"]
    }
    papers = {id_: Reference(id=id_, title=title, url=_url(doi)) for id_, (title, doi) in PAPERS.items()}
    return articles | papers


def _url(doi: str) -> str:
    return doi if not doi or doi.startswith("https:") else DOI + doi
