"""What the headings of tables mean, in the languages that trackers and runners write them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .numbers import UNIT_WORDS

# The first words of a field are the surest.
_WORDS = {
    "date": """
        activity date, workout date, start date, date time, datetime, started at, start, start time local,
        date, workout day, day, datum, startdatum, tag, jour, fecha, dia, data, giorno, dag, dzien,
        startzeit, timestamp, 日付, 開始日時, 日期, 开始时间, дата, 날짜, tanggal
    """,
    "time": """
        time of day, start time, started, uhrzeit, startzeit, heure, heure de debut, hora, hora de inicio,
        ora, inizio, starttijd, begintijd, godzina, starttid, klockslag, time, zeit, temps, tiempo, tempo,
        tijd, czas, 開始時刻, 時刻, 时间, время начала
    """,
    "duration": """
        moving time, zeit in bewegung, bewegungszeit, temps de deplacement, duree de deplacement,
        tiempo en movimiento, tempo in movimento, tempo em movimento, tijd bewogen, bewegingstijd,
        czas ruchu, 移動時間, timer time, duration, dauer, duree, duracion, durata, duracao, duur, tijdsduur,
        czas trwania, varaktighet, tid, 時間, 时长, время, 운동 시간, durasi, workout time, total time,
        training time, time, zeit, laufzeit, temps, tiempo, tempo, tempo total, tijd, czas, タイム,
        elapsed time, verstrichene zeit, temps ecoule, tiempo transcurrido, tempo trascorso,
        tempo transcorrido, verstreken tijd, minutes, minuten, seconds
    """,
    "distance": """
        distance, total distance, distanz, strecke, entfernung, distancia, distanza, afstand, dystans,
        distans, 距離, 距离, расстояние, дистанция, 거리, jarak, matka, km, kilometer, kilometers,
        kilometres, miles, mi
    """,
    "sport": """
        activity type, sport, sport type, type, workout type, activity, aktivitatstyp, aktivitatsart,
        sportart, aktivitat, type d activite, activite, tipo de actividad, actividad, deporte,
        tipo di attivita, attivita, tipo de atividade, atividade, esporte, activiteittype, activiteitstype,
        activiteit, typ aktywnosci, aktywnosc, aktivitetstyp, aktivitet, アクティビティタイプ, スポーツ,
        运动类型, тип, 종목
    """,
    "effort": """
        effort, rpe, perceived exertion, perceived effort, anstrengung, gefuhlte anstrengung, belastung,
        effort percu, esfuerzo, esfuerzo percibido, sforzo, esforco, inspanning, wysilek, anstrangning,
        きつさ
    """,
    "pain_before": """
        pain before, back pain before, before, schmerz vorher, schmerzen vorher, schmerz vor dem lauf,
        vorher, douleur avant, dolor antes, dolore prima, dor antes, pijn vooraf, pijn voor, bol przed,
        smarta fore
    """,
    "pain_during": """
        pain during, back pain during, pain, back pain, pain score, schmerz, schmerzen, schmerz wahrend,
        schmerzen wahrend, ruckenschmerz, ruckenschmerzen, douleur pendant, douleur, mal de dos,
        dolor durante, dolor, dolor de espalda, dolore durante, dolore, mal di schiena, dor durante, dor,
        dor nas costas, pijn tijdens, pijn, rugpijn, bol podczas, bol, bol plecow, smarta under, smarta,
        ryggsmarta, 痛み, 腰痛
    """,
    "pain_after": """
        pain after, back pain after, after, schmerz nachher, schmerzen nachher, schmerz danach, nachher,
        douleur apres, dolor despues, dolore dopo, dor depois, pijn achteraf, pijn na, bol po, smarta efter
    """,
    "pain_next_morning": """
        pain next morning, next morning, pain the next morning, morning pain, morning after,
        schmerz am morgen, schmerzen am morgen, am nachsten morgen, morgens, douleur le lendemain, lendemain,
        lendemain matin, dolor a la manana siguiente, manana siguiente, mattina dopo, manha seguinte,
        volgende ochtend, nastepny ranek, nasta morgon
    """,
    "note": """
        note, notes, comment, comments, description, remark, remarks, notiz, notizen, bemerkung, bemerkungen,
        kommentar, beschreibung, commentaire, remarque, notas, nota, comentario, comentarios, descripcion,
        commento, commenti, observacao, opmerking, opmerkingen, notitie, notitie s, notatka, uwagi,
        anteckning, anteckningar, メモ, 备注
    """,
    "shoe": """
        shoe, shoes, gear, activity gear, schuh, schuhe, laufschuh, chaussure, chaussures, zapatilla,
        zapatillas, scarpa, scarpe, tenis, sapato, schoen, schoenen, buty, sko, skor, シューズ, 跑鞋
    """,
    "surface": """
        surface, terrain, ground, untergrund, boden, superficie, terreno, ondergrond, nawierzchnia, underlag,
        路面
    """,
}
_BRACKETED = re.compile(r"(.*?)\s*[(\[]\s*([^)\]]+?)\s*[)\]]\s*", re.DOTALL)
_TRAILING = re.compile(r"(.+?)[\s_]+([a-z]+)")


class Heading(NamedTuple):
    field: str
    rank: int  # the lower, the surer
    unit: str  # as numbers.UNIT_WORDS has it, empty where none is said


def plain(name: str) -> str:
    """Return a heading in small letters without marks over Latin ones, and without what is no letter or digit."""
    parted = unicodedata.normalize("NFKD", name).casefold().replace("ł", "l").replace("ø", "o")
    bare = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", parted))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


_RANKED: dict[str, list[tuple[str, int]]] = {}
for _field, _text in _WORDS.items():
    for _rank, _word in enumerate(_text.split(",")):
        _RANKED.setdefault(plain(_word), []).append((_field, _rank))


def headings_of(name: str) -> list[Heading]:
    """Return the fields a heading may be for; "Time" may be the time of day or how long it took."""
    unit = ""
    if bracketed := _BRACKETED.fullmatch(name):
        name, unit = bracketed[1], UNIT_WORDS.get(bracketed[2].casefold(), "")
    found = _RANKED.get(plain(name))
    if not found and (trailing := _TRAILING.fullmatch(name.casefold())) and trailing[2] in UNIT_WORDS:
        found, unit = _RANKED.get(plain(trailing[1])), UNIT_WORDS[trailing[2]]
    unit = unit or UNIT_WORDS.get(plain(name), "")
    return [Heading(field, rank, unit) for field, rank in found or ()]
