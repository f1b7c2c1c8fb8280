"""What rests behind a rule: the articles of the catalogue (A-E) and published research (C..)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from backpain.exercises.shipped import shipped_entries

DOI = "https://doi.org/"
PMC = "https://pmc.ncbi.nlm.nih.gov/articles/"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
# Title, and where it can be read: a DOI, a PMC or PubMed number, an address; "" where rules.md 15 names none.
PAPERS = {
    "C01": ("Farrar 2001, Pain 94:149-158", "10.1016/S0304-3959(01)00349-9"),
    "C02": ("Childs 2005, Spine 30:1331-1334", "10.1097/01.brs.0000164099.92112.29"),
    "C03": ("Ostelo 2008, Spine 33:90-94", "10.1097/BRS.0b013e31815e3a10"),
    "C06": ("Williams 2025, Journal of Pain", "10.1016/j.jpain.2025.105528"),
    "C07": ("Boonstra 2016, Frontiers in Psychology 7:1466", "10.3389/fpsyg.2016.01466"),
    "C09": ("Silbernagel 2007, American Journal of Sports Medicine 35:897-906", "10.1177/0363546506298279"),
    "C10": ("Thomee 1997, Physical Therapy 77:1690-1703", ""),
    "C11": ("Vincent & Vincent 2017, Current Sports Medicine Reports 16:122", "10.1249/JSR.0000000000000362"),
    "C12": ("Smith 2017, British Journal of Sports Medicine 51:1679-1687", "10.1136/bjsports-2016-097383"),
    "C13": ("Neason 2024, British Journal of Sports Medicine (ASTEROID)", "10.1136/bjsports-2024-108245"),
    "C14": ("Cai 2017, Medicine & Science in Sports & Exercise 49:2374-2384", "10.1249/MSS.0000000000001396"),
    "C15": ("Garmin-RUNSAFE 2025, British Journal of Sports Medicine", "10.1136/bjsports-2024-109380"),
    "C16": ("Nielsen 2014, Journal of Orthopaedic & Sports Physical Therapy 44:739-747", ""),
    "C17": ("Buist 2008, American Journal of Sports Medicine 36:33-39", "10.1177/0363546507307505"),
    "C18": ("Impellizzeri 2020, Sports Medicine", "10.1007/s40279-020-01378-6"),
    "C19": (
        "Foster 2001 and 2021, International Journal of Sports Physiology and Performance 16:612-621",
        "10.1123/ijspp.2020-0599",
    ),
    "C20": ("Ratamess 2009, Medicine & Science in Sports & Exercise 41:687-708", ""),
    "C21": ("Baechle & Earle, the 2-for-2 rule of strength training", ""),
    "C22": ("American College of Sports Medicine, 48 hours between sessions", ""),
    "C23": ("McGill 1999, Archives of Physical Medicine 80:941-944", "10.1016/S0003-9993(99)90087-4"),
    "C24": (
        "Schellenberg 2007, American Journal of Physical Medicine & Rehabilitation 86:380-386",
        "10.1097/PHM.0b013e318032156a",
    ),
    "C25": ("Strand 2014, Journal of Human Kinetics 40:93-102", "10.2478/hukin-2014-0011"),
    "C26": ("McGill, ratios of trunk endurance tests", ""),
    "C27": ("Freckleton 2014, British Journal of Sports Medicine 48:713-717; Roberti 2024", ""),
    "C28": ("McGill, three trunk exercises with short holds", ""),
    "C29": ("Bosquet 2013, Scandinavian Journal of Medicine & Science in Sports", "10.1111/sms.12047"),
    "C30": ("Bell 2023, Sports Medicine - Open", "10.1186/s40798-023-00633-0"),
    "C31": ("Return-to-run rules of two clinics", ""),
    "C32": ("Vickers 2001, BMC Musculoskeletal Disorders 2:5; Pettitt 2010", ""),
    "C33": ("Menezes Costa 2012, CMAJ 184:E613-E624", "10.1503/cmaj.111271"),
    "C34": ("Henschke 2008, BMJ; Pengel 2003, BMJ 327:323", "PMC2483884"),
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
    "C45": (
        "Reviews of fatigue fractures of the sacrum; Klossner 2000, Journal of Athletic Training 35:453-457",
        "PMC4461718",
    ),
    "C46": ("Mountjoy 2023, British Journal of Sports Medicine 57:1073", "10.1136/bjsports-2023-106994"),
    "C47": ("Return to running after bone stress injury, clinic pages", ""),
    "C48": ("NICE guideline NG59, 2016", "https://www.nice.org.uk/guidance/ng59"),
    "C49": ("Australian Low Back Pain Clinical Care Standard, 2022", ""),
    "C51": ("Raabe & Chaudhari 2018, Journal of Biomechanics", "10.1016/j.jbiomech.2017.11.037"),
    "C52": ("Pocovi 2024, Lancet 404:134-144", "10.1016/S0140-6736(24)00755-4"),
    "C53": ("Sandal 2021, JAMA Internal Medicine 181:1288-1296", "10.1001/jamainternmed.2021.4097"),
    "C55": ("NIST/SEMATECH handbook of statistical methods, cumulative sums", ""),
    "C56": ("Ono 2019, Journal of Medical Internet Research 21:e11398", ""),
    "C60": ("Stratford 1995, Physiotherapy Canada 47:258-263 (PSFS)", ""),
    "C61": (
        "Krebs 2009, Journal of General Internal Medicine 24:733-738 (PEG)",
        "10.1007/s11606-009-0981-1",
    ),
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
    papers = {id_: Reference(id=id_, title=title, url=_url(where)) for id_, (title, where) in PAPERS.items()}
    return articles | papers


def _url(where: str) -> str:
    if not where or where.startswith("https:"):
        return where
    if where.startswith("PMC"):
        return f"{PMC}{where}/"
    return f"{PUBMED}{where}/" if where.isdecimal() else DOI + where
