"""What every page carries so that nothing is lost without a connection stays small."""

import gzip
from pathlib import Path

JS = Path(__file__).parents[2] / "static" / "js"


def test_outbox_and_service_worker_weigh_4_kb_together():
    assert sum(len(gzip.compress((JS / name).read_bytes())) for name in ("outbox.js", "sw.js")) <= 4096
