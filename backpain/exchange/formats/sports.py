"""The words trackers have for sports, in the languages they speak."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_RUN = """
run, running, runs, jog, jogging, trailrun, trailrunning, virtualrun,
lauf, laufen, lauftraining, joggen, traillauf, laufbandtraining, bahnlauf, indoorlauf,
course a pied, course, footing, correr, carrera, corriendo, trote, corsa, correre, corrida,
hardlopen, hardloopsessie, hardloop, trailrunnen,
bieganie, bieg, biegi, lopning, loptur, lop, lob, jogga, juoksu, behani, beh, futas, kosu, alergare,
бег, пробежка, забег, біг, lari, berlari, ラン, ランニング, ジョギング, トレイルラン, トレッドミル,
跑步, 越野跑, 跑步机, 달리기, 러닝, 트레일 러닝
"""
_WALK = """
walk, walking, hike, hiking, gehen, spaziergang, spazieren, wandern, wanderung, walken, nordic walking,
marche, randonnee, rando, caminata, caminar, andar, senderismo, excursion, camminata, camminare, escursione,
escursionismo, caminhada, trilha, wandelen, wandeling, trektocht, spacer, chod, wedrowka, promenad, vandring,
kavely, ходьба, прогулка, поход, jalan kaki, ウォーキング, ウォーク, ハイキング, ハイク, 步行, 徒步, 健走, 健行,
걷기, 하이킹
"""
_RIDE = """
ride, riding, cycling, cycle, bike, biking, bicycle, mtb, ebike, radfahren, radfahrt, rad, velo, cyclisme, vtt,
ciclismo, bicicleta, bici, pedalata, pedalada, fietsen, fietsrit, fiets, kolarstwo, rower, jazda na rowerze,
cykling, cykel, sykling, pyoraily, велоспорт, заезд, велосипед, bersepeda,
ライド, サイクリング, 骑行, 騎乘, 라이딩, 자전거
"""
_SWIM = """
swim, swimming, schwimmen, schwimmbad, natation, natacion, nadar, nuoto, natacao, zwemmen, zwemsessie, plywanie,
nuotata, simning, svomning, uinti, плавание, заплыв, renang, berenang, 水泳, スイム, 游泳, 수영
"""
_OTHER = """
yoga, pilates, strength, krafttraining, kraft, musculation, rowing, rudern, ski, skiing, skate, skating, elliptical,
crosstrainer, golf, tennis, crossfit, hiit, kayaking, climbing, wheelchair
"""
# Of no sport for themselves, of any beside another word.
_ANY = """
workout, training, treino, entrenamiento, allenamento, cardio, other, sonstige, autre, otro, altro, outro, anders
"""
# Alone a run; people walk and ride there too.
_WHERE = re.compile(
    r"\b(tapis de course|tapis roulant|cinta de correr|trail|treadmill|laufband|cinta|esteira|loopband|bieznia)\b"
)
_TREADMILL = re.compile(
    r"treadmill|indoor|virtual|laufband|tapis|cinta|esteira|loopband|bieznia|トレッドミル|跑步机"
)
_TRAIL = re.compile(r"trail|trilha|越野|トレイル|트레일")
_TRACK = re.compile(r"\btrack\b|bahn")


def _plain(word: str) -> str:
    """Return a word without marks over Latin letters, so that "Löpning" is found as "lopning"."""
    parted = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)).casefold()
    bare = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", parted))
    return " ".join(re.sub(r"[\W_]+", " ", bare.replace("ł", "l").replace("ø", "o")).split())


_WORDS = {"any": _ANY, "other": _OTHER, "swim": _SWIM, "ride": _RIDE, "walk": _WALK, "run": _RUN}
_SPORT_OF = {_plain(word): sport for sport, words in _WORDS.items() for word in words.split(",")}


class Sport(NamedTuple):
    name: str  # as `Activity.sport` has it
    surface: str  # as `Run.surface` has it, empty where the word tells none


def sport_named(word: str) -> Sport:
    """Return what a tracker's word means; a word we do not know, or two sports in one, is "unknown"."""
    plain = _plain(word)
    told = _told_by_parts(plain)
    if told != "run":
        return Sport(told, "")
    surfaces = (("treadmill", _TREADMILL), ("trail", _TRAIL), ("track", _TRACK))
    return Sport("run", next((surface for surface, words in surfaces if words.search(plain)), ""))


def _told_by_parts(plain: str) -> str:
    words = _WHERE.sub(" ", plain).split()
    phrases = {
        " ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 3, len(words)) + 1)
    }
    sports = {_SPORT_OF[phrase] for phrase in phrases if phrase in _SPORT_OF}
    if sports == {"run", "walk"} or (sports <= {"any"} and _WHERE.search(plain)):
        return "run"  # run-walk, or on a treadmill
    if sports == {"any"}:
        return "other"
    sports.discard("any")
    return sports.pop() if len(sports) == 1 else "unknown"
