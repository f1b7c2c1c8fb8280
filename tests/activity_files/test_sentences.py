import re
from pathlib import Path

from backpain import activity_files
from backpain.activity_files import SENTENCES


def test_exist_for_every_refusal():
    sources = "".join(path.read_text() for path in Path(activity_files.__file__).parent.glob("*.py"))

    assert set(re.findall(r'NotReadable\("(\w+)"', sources)) <= SENTENCES.keys()
